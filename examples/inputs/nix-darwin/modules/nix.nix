# Nix on the Mac: its settings, garbage collection and the Linux builder.
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
    else
      toString v;
  strings =
    description:
    mkOption {
      type = types.listOf types.str;
      default = [ ];
      inherit description;
    };
in
{
  options.nix = {
    enable = mkOption {
      type = types.bool;
      default = true;
      description = "Whether this configuration manages Nix; another installer may do that instead.";
    };
    package = lib.mkPackageOption pkgs "nix" { };
    settings = mkOption {
      default = { };
      description = "Settings of `nix.conf`, by their names there.";
      type = types.submodule {
        freeformType = types.attrsOf (types.either atom (types.listOf atom));
        options = {
          experimental-features = strings "Experimental features that are switched on.";
          substituters = strings "Binary caches that are asked for build results.";
          trusted-public-keys = strings "Keys that may have signed what a cache offers.";
          trusted-users = strings "Users who may change settings of the daemon.";
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
          sandbox = mkOption {
            type = types.either types.bool (types.enum [ "relaxed" ]);
            default = false;
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
    gc = {
      automatic = mkEnableOption "regular garbage collection";
      interval = mkOption {
        type = types.attrsOf types.int;
        default = {
          Weekday = 7;
          Hour = 3;
          Minute = 15;
        };
        description = "When garbage is collected.";
      };
      options = mkOption {
        type = types.str;
        default = "";
        example = "--delete-older-than 30d";
        description = "Options of `nix-collect-garbage`.";
      };
    };
    optimise.automatic = mkEnableOption "regular optimisation of the store";
    linux-builder = {
      enable = mkEnableOption "a virtual machine that builds for Linux";
      maxJobs = mkOption {
        type = types.ints.positive;
        default = 1;
        description = "How many builds run there at once.";
      };
    };
  };
  config = lib.mkIf cfg.enable {
    environment.systemPackages = [ cfg.package ];
    nix.settings = {
      trusted-users = [ "root" ];
      substituters = lib.mkAfter [ "https://cache.nixos.org/" ];
      trusted-public-keys = [ "cache.nixos.org-1:6NCHdD59X431o0gWypbMrAURkbJ16ZPMQFGspcDShjY=" ];
    };
    environment.etc."nix/nix.conf".text =
      lib.concatStrings (lib.mapAttrsToList (k: v: "${k} = ${show v}\n") cfg.settings) + cfg.extraOptions;
    launchd.daemons.nix-daemon = {
      command = "${cfg.package}/bin/nix-daemon";
      serviceConfig.KeepAlive = true;
    };
    launchd.daemons.nix-gc = lib.mkIf cfg.gc.automatic {
      command = "${cfg.package}/bin/nix-collect-garbage ${cfg.gc.options}";
      serviceConfig.StartCalendarInterval = cfg.gc.interval;
    };
    launchd.daemons.linux-builder = lib.mkIf cfg.linux-builder.enable {
      command = "${cfg.package}/bin/create-builder --jobs ${toString cfg.linux-builder.maxJobs}";
      serviceConfig.KeepAlive = true;
    };
  };
}
