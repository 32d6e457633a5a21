# System configuration of Macs for the example, with the interface of the real nix-darwin: `lib.darwinSystem` and its options.
{
  description = "Mac configurations for the example fleet";

  inputs.nixpkgs.url = "path:../nixpkgs";

  outputs =
    { self, nixpkgs }:
    {
      lib.evalConfig = import ./eval-config.nix;
      lib.darwinSystem =
        args:
        let
          inherit (nixpkgs) lib;
          # A module of this file's own, where there is something to say.
          own = says: settings: lib.optional says (settings // { _file = "flake.nix"; });
          # What was said beside the modules before flakes named their platform in the configuration.
          said =
            own (args ? pkgs) { _module.args.pkgs = lib.mkForce args.pkgs; }
            ++ own (args.system or null != null) { nixpkgs.system = lib.mkDefault args.system; }
            ++ own true { nixpkgs.source = lib.mkDefault nixpkgs.outPath; };
          rest = removeAttrs args [
            "inputs"
            "pkgs"
            "system"
          ];
        in
        self.lib.evalConfig ({ inherit lib; } // rest // { modules = args.modules ++ said; });
    };
}
