# direnv for all users.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  cfg = config.programs.direnv;
in
{
  options.programs.direnv = {
    enable = lib.mkEnableOption "direnv, which loads an environment when a directory is entered";
    package = lib.mkPackageOption pkgs "direnv" { };
    silent = lib.mkEnableOption "the hiding of direnv's messages";
    nix-direnv.enable = lib.mkEnableOption "a faster `use_nix` that keeps its results" // {
      default = true;
    };
  };
  config = lib.mkIf cfg.enable {
    environment.systemPackages = [ cfg.package ] ++ lib.optional cfg.nix-direnv.enable pkgs.nix-direnv;
    environment.variables.DIRENV_LOG_FORMAT = lib.mkIf cfg.silent "";
    programs.zsh.interactiveShellInit = ''eval "$(${lib.getExe cfg.package} hook zsh)"'';
  };
}
