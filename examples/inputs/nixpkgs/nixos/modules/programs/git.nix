# Git for all users, with settings of the system.
{ config, lib, pkgs, ... }:
let
  inherit (import ../../lib/declare.nix lib) has switch;
  inherit (lib.types) anything attrsOf coercedTo listOf;
  cfg = config.programs.git;
  sections = attrsOf (attrsOf anything);
in
{
  options.programs.git = {
    enable = switch false "Whether everybody has git.";
    package = lib.mkPackageOption pkgs "git" { };
    # A list, since the order of sections matters to what git includes.
    config = has (coercedTo sections lib.singleton (listOf sections)) [ ] "Settings in `/etc/gitconfig`, by section." // {
      example.init.defaultBranch = "main";
    };
    lfs.enable = switch false "Whether large files are kept elsewhere.";
  };
  config = lib.mkIf cfg.enable {
    programs.git.config = lib.mkIf cfg.lfs.enable { filter.lfs.clean = "git-lfs clean -- %f"; };
    environment.systemPackages = [ cfg.package ];
    environment.etc.gitconfig = lib.mkIf (cfg.config != [ ]) {
      text = lib.concatMapStringsSep "\n" lib.generators.toGitINI cfg.config;
    };
  };
}
