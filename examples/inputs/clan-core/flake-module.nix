# `clan` (also known as `flake.clan`): the fleet as one option, and the outputs that come of it.
{ clan-core }:
{
  config,
  inputs,
  lib,
  options,
  self,
  ...
}:
let
  inherit (lib) mkOption types;
in
{
  _file = ./flake-module.nix;

  options.clan = mkOption {
    type = types.raw;
    apply = _: config.flake.clan;
    description = "The machines of the fleet, and what runs on them: short for `flake.clan`.";
  };

  options.flake = {
    clan = mkOption {
      type = types.submoduleWith {
        class = "clan";
        specialArgs = {
          inherit self;
          # The fleet's own channels, where it has inputs of these names.
          nixpkgs = inputs.nixpkgs or clan-core.inputs.nixpkgs;
          nix-darwin = inputs.nix-darwin or clan-core.inputs.nix-darwin;
        };
        modules = [ clan-core.modules.clan.default ];
      };
      default = { };
      description = "The machines of the fleet, and what runs on them.";
    };

    clanInternals = mkOption {
      type = types.raw;
      default = config.flake.clan.clanInternals;
      defaultText = lib.literalExpression "config.flake.clan.clanInternals";
      description = "What the `clan` command reads.";
    };
  };

  config.flake = {
    # Definitions keep the files that they are in: an alias of the module system would name this one for all of them.
    clan = lib.mkIf options.clan.isDefined (
      lib.mkMerge (
        map (definition: {
          _file = definition.file;
          imports = [ definition.value ];
        }) options.clan.definitionsWithLocations
      )
    );
    inherit (config.flake.clan) nixosConfigurations nixosModules darwinConfigurations;
  };
}
