# The command line of GitHub.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.programs.gh;
in
{
  options.programs.gh = {
    enable = lib.mkEnableOption "GitHub CLI tool";
    package = lib.mkPackageOption pkgs "gh" { };
    settings = mkOption {
      type = types.submodule {
        freeformType = (pkgs.formats.yaml { }).type;
        options = {
          git_protocol = mkOption {
            type = types.str;
            default = "https";
            example = "ssh";
            description = "The protocol for Git.";
          };
          editor = mkOption {
            type = types.str;
            default = "";
            description = "The editor for texts; empty means the usual one.";
          };
        };
      };
      default = { };
      description = "The contents of `config.yml`.";
    };
    gitCredentialHelper.enable = mkOption {
      type = types.bool;
      default = true;
      description = "Whether Git asks gh for credentials.";
    };
  };
  config = lib.mkIf cfg.enable {
    home.packages = [ cfg.package ];
    xdg.configFile."gh/config.yml".source = (pkgs.formats.yaml { }).generate "gh-config.yml" (
      { version = "1"; } // cfg.settings
    );
    programs.git.settings = lib.mkIf cfg.gitCredentialHelper.enable {
      credential."https://github.com".helper = "${lib.getExe cfg.package} auth git-credential";
    };
  };
}
