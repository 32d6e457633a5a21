# What the system is called, and the release whose data it keeps.
{ config, lib, options, ... }:
let
  inherit (import ../../lib/declare.nix lib) has maybe names;
  inherit (lib.types) str strMatching;
  cfg = config.system.nixos;
  fixed = value: description: has str value description // { readOnly = true; };
in
{
  options.system = {
    stateVersion = has str cfg.release "The release that the system was first installed with, in whose formats it keeps data.";
    configurationRevision = maybe str "The revision of the flake that this comes from.";
    nixos = {
      release = fixed lib.trivial.release "The release, such as `26.11`.";
      codeName = fixed lib.trivial.codeName "What the release is called.";
      version = has str (cfg.release + lib.trivial.versionSuffix) "The release and what follows it.";
      distroId = has str "nixos" "What programs call the system.";
      distroName = has str "NixOS" "What people call the system.";
      label =
        has (strMatching "[a-zA-Z0-9:_.-]*") (lib.concatStringsSep "-" (lib.naturalSort cfg.tags ++ [ cfg.version ]))
          "What the boot menu calls the system.";
      tags = names "Words that the label begins with.";
    };
  };
  config = {
    warnings = lib.optional (options.system.stateVersion.highestPrio == 1500)
      "`system.stateVersion` is not set, so data are kept in the formats of ${config.system.stateVersion}, whatever they were before.";
    environment.etc."os-release".text = lib.concatStrings (
      lib.mapAttrsToList (name: value: "${name}=\"${value}\"\n") rec {
        ID = cfg.distroId;
        NAME = cfg.distroName;
        VERSION = "${cfg.release} (${cfg.codeName})";
        VERSION_ID = cfg.release;
        BUILD_ID = cfg.version;
        PRETTY_NAME = "${NAME} ${VERSION}";
      }
    );
  };
}
