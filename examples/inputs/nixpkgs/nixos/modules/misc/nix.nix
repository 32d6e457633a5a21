# Nix itself: its package and settings, garbage collection, and the flakes it knows by name.
{ config, lib, pkgs, ... }:
let
  inherit (import ../../lib/declare.nix lib) has maybe names needs several switch text;
  inherit (lib) mkIf types;
  inherit (types) attrsOf bool either enum float int listOf nullOr oneOf package path singleLineStr str;
  cfg = config.nix;

  atom = nullOr (oneOf [ bool int float str path package ]);
  shown =
    value:
    if lib.isBool value then
      lib.boolToString value
    else if lib.isList value then
      lib.concatMapStringsSep " " shown value
    else
      toString value;

  known =
    { name, config, ... }:
    {
      options = {
        from = has (attrsOf str) { type = "indirect"; id = name; } "The reference that stands for another.";
        to = needs (attrsOf types.anything) "What it stands for.";
        flake = maybe types.attrs "An input that it stands for.";
      };
      config.to = mkIf (config.flake != null) (lib.mkDefault { type = "path"; path = config.flake.outPath; });
    };
in
{
  options.nix = {
    enable = switch true "Whether the system looks after Nix.";
    package = lib.mkPackageOption pkgs "nix" { };
    settings = lib.mkOption {
      default = { };
      description = "Settings of Nix, by the names that `nix.conf` has for them.";
      type = types.submodule {
        freeformType = attrsOf (either atom (listOf atom));
        options = {
          experimental-features = names "Features that are switched on though they may still change.";
          substituters = needs (listOf str) "Caches that are asked before something is built.";
          trusted-public-keys = needs (listOf str) "Keys that caches may have signed with.";
          trusted-users = needs (listOf str) "Who may change settings for a build.";
          allowed-users = has (listOf str) [ "*" ] "Who may build.";
          max-jobs = has (either int (enum [ "auto" ])) "auto" "How many builds run at once.";
          cores = has int 0 "How many cores a build may use; 0 is all.";
          auto-optimise-store = switch false "Whether equal files in the store become one.";
          sandbox = has (either bool (enum [ "relaxed" ])) true "Whether builds are kept away from the rest of the system.";
        };
      };
    };
    extraOptions = text "Lines for `nix.conf`.";
    channel.enable = switch true "Whether there are channels beside flakes.";
    nixPath = names "Where `<name>` is looked for.";
    registry = several known "Flakes that Nix knows by a short name.";
    gc = {
      automatic = switch false "Whether what nobody needs is deleted regularly.";
      dates = has singleLineStr "03:15" "When it is.";
      options = has singleLineStr "" "What is deleted." // {
        example = "--delete-older-than 30d";
      };
    };
    optimise.automatic = switch false "Whether equal files in the store become one regularly.";
  };

  config = mkIf cfg.enable {
    nix.settings = {
      substituters = lib.mkAfter [ "https://cache.nixos.org/" ];
      trusted-public-keys = [ "cache.nixos.org-1:6NCHdD59X431o0gWypbMrAURkbJ16ZPMQFGspcDShjY=" ];
      trusted-users = [ "root" ];
    };
    nix.registry.nixpkgs = mkIf (config.nixpkgs.flake.source != null) {
      to = lib.mkDefault { type = "path"; path = config.nixpkgs.flake.source; };
    };
    environment = {
      systemPackages = [ cfg.package ];
      sessionVariables.NIX_PATH = mkIf (cfg.nixPath != [ ]) cfg.nixPath;
      etc."nix/nix.conf".text =
        lib.concatStrings (lib.mapAttrsToList (name: value: "${name} = ${shown value}\n") cfg.settings) + cfg.extraOptions;
      etc."nix/registry.json".text = builtins.toJSON {
        version = 2;
        flakes = map (entry: { inherit (entry) from to; }) (lib.attrValues cfg.registry);
      };
    };
    systemd.services = {
      nix-daemon = {
        description = "Nix";
        path = [ cfg.package ];
        restartTriggers = [ config.environment.etc."nix/nix.conf".source ];
        serviceConfig.ExecStart = "${cfg.package}/bin/nix daemon";
      };
      nix-gc = {
        description = "Delete what nobody needs";
        startAt = lib.optional cfg.gc.automatic cfg.gc.dates;
        script = "exec ${cfg.package}/bin/nix-collect-garbage ${cfg.gc.options}";
        serviceConfig.Type = "oneshot";
      };
      nix-optimise = mkIf cfg.optimise.automatic {
        description = "Make one of equal files";
        startAt = [ "03:45" ];
        serviceConfig.ExecStart = "${cfg.package}/bin/nix store optimise";
      };
    };
    users.groups.nixbld.gid = 30000;
  };
}
