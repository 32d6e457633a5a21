# Git: settings by their own names, and conveniences around them.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.programs.git;
  atom = types.oneOf [
    types.str
    types.bool
    types.int
  ];
  section = types.either atom (types.listOf atom);
in
{
  imports = [
    (lib.mkRenamedOptionModule [ "programs" "git" "userName" ] [ "programs" "git" "settings" "user" "name" ])
    (lib.mkRenamedOptionModule [ "programs" "git" "userEmail" ] [ "programs" "git" "settings" "user" "email" ])
    (lib.mkRenamedOptionModule [ "programs" "git" "extraConfig" ] [ "programs" "git" "settings" ])
    (lib.mkRenamedOptionModule [ "programs" "git" "aliases" ] [ "programs" "git" "settings" "alias" ])
  ];
  options.programs.git = {
    enable = lib.mkEnableOption "Git";
    package = lib.mkPackageOption pkgs "git" { };
    settings = mkOption {
      # Two levels by name and one more for subsections, as in `url."ssh://…".insteadOf`.
      type = types.attrsOf (types.attrsOf (types.either section (types.attrsOf section)));
      default = { };
      example = {
        core.whitespace = "trailing-space,space-before-tab";
      };
      description = "The contents of Git's configuration, as sections of settings.";
    };
    signing = {
      key = mkOption {
        type = types.nullOr types.str;
        default = null;
        description = "The key that commits are signed with.";
      };
      format = mkOption {
        type = types.nullOr (types.enum [ "openpgp" "ssh" "x509" ]);
        default = null;
        description = "The kind of the signature.";
      };
      signByDefault = mkOption {
        type = types.nullOr types.bool;
        default = null;
        description = "Whether all commits and tags are signed.";
      };
    };
    ignores = mkOption {
      type = types.listOf types.str;
      default = [ ];
      example = [ "*~" ];
      description = "Files that Git ignores everywhere.";
    };
    attributes = mkOption {
      type = types.listOf types.str;
      default = [ ];
      description = "Attributes of files everywhere.";
    };
    lfs.enable = lib.mkEnableOption "Git Large File Storage";
    includes = mkOption {
      type = types.listOf (
        types.submodule {
          options = {
            path = mkOption {
              type = types.either types.str types.path;
              description = "The file that is included.";
            };
            condition = mkOption {
              type = types.nullOr types.str;
              default = null;
              description = "When it is included; null means always.";
            };
          };
        }
      );
      default = [ ];
      description = "Further files of configuration.";
    };
  };
  config = lib.mkIf cfg.enable {
    home.packages = [ cfg.package ];
    programs.git.settings = lib.mkMerge [
      (lib.mkIf (cfg.signing.key != null) { user.signingKey = cfg.signing.key; })
      (lib.mkIf (cfg.signing.format != null) { gpg.format = cfg.signing.format; })
      (lib.mkIf (cfg.signing.signByDefault != null) {
        commit.gpgSign = cfg.signing.signByDefault;
        tag.gpgSign = cfg.signing.signByDefault;
      })
      (lib.mkIf cfg.lfs.enable {
        filter.lfs = {
          clean = "git-lfs clean -- %f";
          process = "git-lfs filter-process";
          required = true;
          smudge = "git-lfs smudge -- %f";
        };
      })
    ];
    xdg.configFile = {
      "git/config".text =
        lib.generators.toGitINI cfg.settings
        + lib.concatMapStrings (
          i:
          "\n[${if i.condition == null then "include" else "includeIf \"${i.condition}\""}]\n\tpath = ${toString i.path}\n"
        ) cfg.includes;
      "git/ignore" = lib.mkIf (cfg.ignores != [ ]) { text = lib.concatLines cfg.ignores; };
      "git/attributes" = lib.mkIf (cfg.attributes != [ ]) { text = lib.concatLines cfg.attributes; };
    };
  };
}
