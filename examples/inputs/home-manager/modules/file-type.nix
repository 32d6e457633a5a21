# The type of a file in a home: its text or its source, and how it is put there.
{ lib, pkgs }:
let
  inherit (lib) mkOption types;
in
types.submodule (
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
        description = "The path of the file in the home.";
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
      executable = mkOption {
        type = types.nullOr types.bool;
        default = null;
        description = "Whether the file can be run; null keeps the mode of the source.";
      };
      recursive = mkOption {
        type = types.bool;
        default = false;
        description = "Whether files of a directory are linked one by one.";
      };
      force = mkOption {
        type = types.bool;
        default = false;
        description = "Whether a file that is there already is replaced.";
      };
      onChange = mkOption {
        type = types.lines;
        default = "";
        description = "Shell commands that run when the file has changed.";
      };
    };
    config.source = lib.mkIf (config.text != null) (
      lib.mkDerivedConfig options.text (
        text:
        pkgs.writeTextFile {
          name = "hm_${lib.strings.sanitizeDerivationName (baseNameOf name)}";
          inherit text;
          executable = config.executable == true;
        }
      )
    );
  }
)
