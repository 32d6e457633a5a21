# Files below /etc and property lists for launchd, and the derivations that hold them.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) mkOption types;
  entry =
    {
      name,
      config,
      options,
      ...
    }:
    {
      options = {
        enable = mkOption {
          type = types.bool;
          default = true;
          description = "Whether the file is there.";
        };
        target = mkOption {
          type = types.str;
          default = name;
          description = "The path of the file.";
        };
        text = mkOption {
          type = types.nullOr types.lines;
          default = null;
          description = "The contents of the file.";
        };
        source = mkOption {
          type = types.path;
          description = "Where the file comes from.";
        };
        knownSha256Hashes = mkOption {
          type = types.listOf types.str;
          default = [ ];
          description = "Hashes of files of macOS that may be replaced.";
        };
      };
      config.source = lib.mkIf (config.text != null) (
        lib.mkDerivedConfig options.text (
          text: pkgs.writeText "etc-${lib.strings.sanitizeDerivationName (baseNameOf name)}" text
        )
      );
    };
  files =
    what:
    mkOption {
      type = types.attrsOf (types.submodule entry);
      default = { };
      description = "${what} by path.";
    };
  tree =
    name: set:
    pkgs.runCommandLocal name {
      entries = builtins.toJSON (
        map (e: {
          inherit (e) target knownSha256Hashes;
          source = "${e.source}";
        }) (lib.filter (e: e.enable) (lib.attrValues set))
      );
      passAsFile = [ "entries" ];
    } "mkdir -p $out\nmake-etc $entriesPath $out";
in
{
  options.environment = {
    etc = files "Files in `/etc`";
    launchDaemons = files "Property lists of daemons" // {
      internal = true;
    };
    launchAgents = files "Property lists of agents" // {
      internal = true;
    };
    userLaunchAgents = files "Property lists of the user's agents" // {
      internal = true;
    };
  };
  config.system.build = {
    etc = tree "etc" config.environment.etc;
    launchd = tree "launchd" (
      config.environment.launchDaemons // config.environment.launchAgents // config.environment.userLaunchAgents
    );
  };
}
