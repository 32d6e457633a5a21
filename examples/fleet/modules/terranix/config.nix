# The Terraform configuration that creates the servers: `nix run .#terraform`.
{ self, ... }:
{
  perSystem.terranix.terranixConfigurations.terraform = {
    workdir = "terraform";
    modules = [
      self.modules.terranix.base
      self.modules.terranix.hetzner
      self.modules.terranix.cloudflare
    ];
  };
}
