# What every provider needs: where they come from, and tokens that are asked for when Terraform runs.
{
  flake.modules.terranix.base = {
    terraform.required_providers = {
      hcloud.source = "hetznercloud/hcloud";
      cloudflare.source = "cloudflare/cloudflare";
      external.source = "hashicorp/external";
    };
    variable.passphrase.sensitive = true;
    data.external.hetzner-api-token.program = [
      "clan"
      "secrets"
      "get"
      "hetzner-api-token"
    ];
  };
}
