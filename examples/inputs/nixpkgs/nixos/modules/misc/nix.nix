# Nix itself: its package, `nix.conf`, garbage collection and the registry.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) mkOption mkEnableOption types;
  cfg = config.nix;
  atom = types.nullOr (
    types.oneOf [
      types.bool
      types.int
      types.float
      types.str
      types.path
      types.package
    ]
  );
  show =
    v:
    if builtins.isBool v then
      lib.boolToString v
    else if builtins.isList v then
      lib.concatMapStringsSep " " show v
    else if v == null then
      ""
    else
      toString v;
in
{
  options.nix = {
    enable = mkOption {
      type = types.bool;
      default = true;
      description = "Whether the system manages Nix.";
    };
    package = lib.mkPackageOption pkgs "nix" { };
    settings = mkOption {
      default = { };
      description = "Settings of `nix.conf`, by their names there.";
      type = types.submodule {
        freeformType = types.attrsOf (types.either atom (types.listOf atom));
        options = {
          experimental-features = mkOption {
            type = types.listOf types.str;
            default = [ ];
            example = [ "nix-command" ];
            description = "Experimental features that are switched on.";
          };
          substituters = mkOption {
            type = types.listOf types.str;
            description = "Binary caches that are asked for build results.";
          };
          trusted-public-keys = mkOption {
            type = types.listOf types.str;
            description = "Keys that may have signed what a cache offers.";
          };
          trusted-users = mkOption {
            type = types.listOf types.str;
            description = "Users who may change settings of the daemon.";
          };
          allowed-users = mkOption {
            type = types.listOf types.str;
            default = [ "*" ];
            description = "Users who may talk to the daemon.";
          };
          max-jobs = mkOption {
            type = types.either types.int (types.enum [ "auto" ]);
            default = "auto";
            description = "How many builds run at once.";
          };
          cores = mkOption {
            type = types.int;
            default = 0;
            description = "How many cores one build may use; 0 means all.";
          };
          auto-optimise-store = mkOption {
            type = types.bool;
            default = false;
            description = "Whether equal files in the store become one.";
          };
          sandbox = mkOption {
            type = types.either types.bool (types.enum [ "relaxed" ]);
            default = true;
            description = "Whether builds are cut off from the rest of the system.";
          };
        };
      };
    };
    extraOptions = mkOption {
      type = types.lines;
      default = "";
      description = "Lines that are added to `nix.conf` as they are.";
    };
    channel.enable = mkEnableOption "the `nix-channel` command" // {
      default = true;
    };
    nixPath = mkOption {
      type = types.listOf types.str;
      default = [ ];
      description = "Entries of `NIX_PATH`.";
    };
    registry = mkOption {
      default = { };
      description = "Flakes that can be referred to by a short name.";
      type = types.attrsOf (
        types.submodule (
          { name, config, ... }:
          {
            options = {
              from = mkOption {
                type = types.attrsOf types.str;
                default = {
                  type = "indirect";
                  id = name;
                };
                description = "The reference that is replaced.";
              };
              to = mkOption {
                type = types.attrsOf types.anything;
                description = "What it is replaced by.";
              };
              flake = mkOption {
                type = types.nullOr types.attrs;
                default = null;
                description = "A flake input that the name stands for.";
              };
            };
            config.to = lib.mkIf (config.flake != null) (
              lib.mkDefault {
                type = "path";
                path = config.flake.outPath;
              }
            );
          }
        )
      );
    };
    gc = {
      automatic = mkEnableOption "regular garbage collection" // {
        example = false;
      };
      dates = mkOption {
        type = types.singleLineStr;
        default = "03:15";
        description = "When garbage is collected.";
      };
      options = mkOption {
        type = types.singleLineStr;
        default = "";
        example = "--delete-older-than 30d";
        description = "Options of `nix-collect-garbage`.";
      };
    };
    optimise.automatic = mkEnableOption "regular optimisation of the store";
  };

  config = lib.mkIf cfg.enable {
    environment.systemPackages = [ cfg.package ];
    nix.settings = {
      trusted-users = [ "root" ];
      substituters = lib.mkAfter [ "https://cache.nixos.org/" ];
      trusted-public-keys = [ "cache.nixos.org-1:6NCHdD59X431o0gWypbMrAURkbJ16ZPMQFGspcDShjY=" ];
    };
    nix.registry.nixpkgs = lib.mkIf (config.nixpkgs.flake.source != null) {
      to = lib.mkDefault {
        type = "path";
        path = config.nixpkgs.flake.source;
      };
    };
    environment.etc."nix/nix.conf".text =
      lib.concatStrings (lib.mapAttrsToList (k: v: "${k} = ${show v}\n") cfg.settings) + cfg.extraOptions;
    environment.etc."nix/registry.json".text = builtins.toJSON {
      version = 2;
      flakes = lib.mapAttrsToList (_: r: { inherit (r) from to; }) cfg.registry;
    };
    environment.sessionVariables.NIX_PATH = lib.mkIf (cfg.nixPath != [ ]) cfg.nixPath;
    systemd.services.nix-daemon = {
      description = "Nix Daemon";
      path = [ cfg.package ];
      serviceConfig.ExecStart = "${cfg.package}/bin/nix daemon";
      restartTriggers = [ config.environment.etc."nix/nix.conf".source ];
    };
    systemd.services.nix-gc = {
      description = "Nix Garbage Collector";
      script = "exec ${cfg.package}/bin/nix-collect-garbage ${cfg.gc.options}";
      serviceConfig.Type = "oneshot";
      startAt = lib.optional cfg.gc.automatic cfg.gc.dates;
    };
    systemd.services.nix-optimise = lib.mkIf cfg.optimise.automatic {
      description = "Nix Store Optimiser";
      serviceConfig.ExecStart = "${cfg.package}/bin/nix store optimise";
      startAt = [ "03:45" ];
    };
    users.groups.nixbld.gid = 30000;
  };
}
