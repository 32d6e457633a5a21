# Names on the internet.
{
  flake.modules.terranix.cloudflare =
    { config, ... }:
    {
      resource.cloudflare_dns_record.cinnabar = {
        zone_id = "\${var.zone}";
        name = "cinnabar";
        type = "A";
        content = config.resource.hcloud_server.cinnabar "ipv4_address";
        ttl = 300;
      };
      variable.zone.type = "string";
    };
}
