# Evaluates a NixOS configuration: the base modules together with the caller's, and packages as the module argument `pkgs`.
{
  lib ? import ../../lib,
  modules,
  # Where packages come from, unless the configuration says so itself.
  pkgs ? null,
  # A default for `nixpkgs.system`.
  system ? null,
  prefix ? [ ],
  specialArgs ? { },
  extraModules ? [ ],
}:
let
  baseModules = import ../modules/module-list.nix;

  fromCaller = {
    _file = "nixos/lib/eval-config.nix";
    key = "nixos/caller";
    config = lib.mkMerge [
      (lib.mkIf (system != null) { nixpkgs.system = lib.mkDefault system; })
      (lib.mkIf (pkgs != null) { _module.args.pkgs = lib.mkForce pkgs; })
    ];
  };
  arguments = {
    _file = "nixos/lib/eval-config.nix";
    key = "nixos/arguments";
    config._module.args = {
      inherit baseModules extraModules modules;
      utils = import ./utils.nix { inherit lib; };
    };
  };

  # What is made by extending is a system again.
  asSystem =
    evaluation:
    evaluation
    // {
      inherit lib;
      inherit (evaluation._module.args) pkgs;
      extendModules = change: asSystem (evaluation.extendModules change);
    };
in
asSystem (
  lib.evalModules {
    class = "nixos";
    inherit prefix;
    specialArgs = { modulesPath = toString ../modules; } // specialArgs;
    modules = baseModules ++ extraModules ++ [ fromCaller arguments ] ++ modules;
  }
)
