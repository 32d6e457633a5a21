# Git for all users, with a system-wide configuration.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.programs.git;
  gitConfig = types.attrsOf (types.attrsOf types.anything);
in
{
  options.programs.git = {
    enable = lib.mkEnableOption "git, a distributed version control system";
    package = lib.mkPackageOption pkgs "git" { };
    config = mkOption {
      # A list keeps the order of sections, which matters to git's includes.
      type = types.coercedTo (types.addCheck gitConfig (v: !builtins.isList v)) lib.singleton (types.listOf gitConfig);
      default = [ ];
      example = {
        init.defaultBranch = "main";
      };
      description = "The contents of `/etc/gitconfig`, as sections of settings.";
    };
    lfs.enable = lib.mkEnableOption "git-lfs, for large files";
  };
  config = lib.mkIf cfg.enable {
    environment.systemPackages = [ cfg.package ];
    environment.etc.gitconfig = lib.mkIf (cfg.config != [ ]) {
      text = lib.concatMapStringsSep "\n" lib.generators.toGitINI cfg.config;
    };
    programs.git.config = lib.mkIf cfg.lfs.enable { filter.lfs.clean = "git-lfs clean -- %f"; };
  };
}
