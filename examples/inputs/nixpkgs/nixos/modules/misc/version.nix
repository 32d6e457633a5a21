# Names and versions of the system, and the release whose state it keeps.
{
  config,
  lib,
  options,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.system.nixos;
in
{
  options.system = {
    stateVersion = mkOption {
      type = types.str;
      default = cfg.release;
      defaultText = lib.literalExpression "config.system.nixos.release";
      description = "The release that the system was first installed with; modules keep data formats of that release.";
    };
    configurationRevision = mkOption {
      type = types.nullOr types.str;
      default = null;
      description = "The revision of the flake that the configuration came from.";
    };
    nixos = {
      release = mkOption {
        type = types.str;
        readOnly = true;
        default = lib.trivial.release;
        description = "The release, such as `26.11`.";
      };
      versionSuffix = mkOption {
        type = types.str;
        internal = true;
        default = lib.trivial.versionSuffix;
        description = "What follows the release in the version.";
      };
      version = mkOption {
        type = types.str;
        internal = true;
        default = cfg.release + cfg.versionSuffix;
        defaultText = lib.literalExpression "config.system.nixos.release + config.system.nixos.versionSuffix";
        description = "The full version.";
      };
      codeName = mkOption {
        type = types.str;
        readOnly = true;
        default = lib.trivial.codeName;
        description = "The name of the release.";
      };
      distroId = mkOption {
        type = types.str;
        default = "nixos";
        description = "The identifier in `/etc/os-release`.";
      };
      distroName = mkOption {
        type = types.str;
        default = "NixOS";
        description = "The name in `/etc/os-release`.";
      };
      label = mkOption {
        type = types.strMatching "[a-zA-Z0-9:_.-]*";
        default = lib.concatStringsSep "-" (lib.sort (a: b: a < b) cfg.tags ++ [ cfg.version ]);
        defaultText = lib.literalExpression "the tags and the version";
        description = "The name of the system in the boot menu.";
      };
      tags = mkOption {
        type = types.listOf types.str;
        default = [ ];
        description = "Words that the label starts with.";
      };
    };
  };
  config = {
    warnings =
      lib.optional (options.system.stateVersion.highestPrio == (lib.mkOptionDefault { }).priority)
        "system.stateVersion is not set, defaulting to ${config.system.stateVersion}. Read why this matters on https://nixos.org/manual/nixos/stable/options.html#opt-system.stateVersion.";
    environment.etc."os-release".text = lib.concatStrings (
      lib.mapAttrsToList (k: v: "${k}=\"${v}\"\n") {
        ID = cfg.distroId;
        NAME = cfg.distroName;
        VERSION = "${cfg.release} (${cfg.codeName})";
        VERSION_ID = cfg.release;
        BUILD_ID = cfg.version;
        PRETTY_NAME = "${cfg.distroName} ${cfg.release} (${cfg.codeName})";
      }
    );
  };
}
