# The files in /etc, and the derivation that holds them all.
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
          description = "The path of the file, relative to `/etc`.";
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
        mode = mkOption {
          type = types.str;
          default = "symlink";
          example = "0600";
          description = "The mode of a copy; `symlink` makes a link instead.";
        };
        user = mkOption {
          type = types.str;
          default = "root";
          description = "Who owns a copy.";
        };
        group = mkOption {
          type = types.str;
          default = "root";
          description = "The group of a copy.";
        };
      };
      config.source = lib.mkIf (config.text != null) (
        lib.mkDerivedConfig options.text (
          text: pkgs.writeText "etc-${lib.strings.sanitizeDerivationName (baseNameOf name)}" text
        )
      );
    };
  enabled = lib.filter (e: e.enable) (lib.attrValues config.environment.etc);
in
{
  options.environment.etc = mkOption {
    type = types.attrsOf (types.submodule entry);
    default = { };
    example = lib.literalExpression ''{ "example.conf".text = "hello"; }'';
    description = "Files in `/etc` by path.";
  };
  config = {
    system.build.etc = pkgs.runCommandLocal "etc" {
      # As one text: the same file must not be given twice, and modes travel with their files.
      entries = builtins.toJSON (
        map (e: {
          inherit (e)
            target
            mode
            user
            group
            ;
          source = "${e.source}";
        }) enabled
      );
      passAsFile = [ "entries" ];
    } "mkdir -p $out/etc\nmake-etc $entriesPath $out/etc";
    system.activationScripts.etc = {
      text = "setup-etc ${config.system.build.etc}/etc";
    };
  };
}
