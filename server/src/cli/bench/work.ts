// The work that `canopy bench eval` measures, as Nix expressions that both evaluators are given.

/** The smallest NixOS host that still has most of a real one, with what `more` adds. Values are paths and Nix code. */
function host(nixpkgs: string, more: string): string {
  return `(import "${nixpkgs}/nixos/lib/eval-config.nix" {
    system = "x86_64-linux";
    modules = [
      {
        boot.loader.grub.device = "/dev/sda";
        fileSystems."/" = { device = "/dev/sda1"; fsType = "ext4"; };
        services.openssh.enable = true;
        system.stateVersion = "26.05";
      }
      ${more}
    ];
  }).config`
}

export const toplevelOf = (nixpkgs: string) => `${host(nixpkgs, "")}.system.build.toplevel.drvPath`

export const helloOf = (nixpkgs: string) => `(import "${nixpkgs}" { system = "x86_64-linux"; }).hello.drvPath`

/** Options of different cost: a plain one, one of a service with its submodules, a merged list. */
export const optionsOf = (nixpkgs: string) =>
  ["networking.hostName", "services.openssh.settings.Ciphers", "boot.kernelModules"].map(
    path => `builtins.toJSON ${host(nixpkgs, "")}.${path}`,
  )

/** A function from a host's name to its toplevel, over one package set. */
export const hostsOf = (nixpkgs: string) =>
  `let pkgs = import "${nixpkgs}" { system = "x86_64-linux"; }; in name: ${host(
    nixpkgs,
    "{ nixpkgs.pkgs = pkgs; networking.hostName = name; }",
  )}.system.build.toplevel.drvPath`
