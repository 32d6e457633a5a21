# direnv for all users.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.programs.direnv;
in
{
  options.programs.direnv = {
    enable = lib.mkEnableOption "direnv, which loads an environment when a directory is entered";
    package = lib.mkPackageOption pkgs "direnv" { };
    silent = lib.mkEnableOption "the hiding of direnv's messages";
    loadInNixShell = mkOption {
      type = types.bool;
      default = true;
      description = "Whether direnv also works inside `nix-shell`.";
    };
    direnvrcExtra = mkOption {
      type = types.lines;
      default = "";
      description = "Lines that are added to the global direnvrc.";
    };
    nix-direnv = {
      enable = lib.mkEnableOption "a faster `use_nix` that keeps its results" // {
        default = true;
        example = false;
      };
      package = lib.mkPackageOption pkgs "nix-direnv" { };
    };
  };
  config = lib.mkIf cfg.enable {
    environment.systemPackages = [ cfg.package ];
    environment.etc."direnv/direnvrc".text =
      lib.optionalString cfg.nix-direnv.enable "source ${cfg.nix-direnv.package}/share/nix-direnv/direnvrc\n"
      + cfg.direnvrcExtra;
    environment.sessionVariables.DIRENV_LOG_FORMAT = lib.mkIf cfg.silent "";
    programs.zsh.interactiveShellInit = ''eval "$(${lib.getExe cfg.package} hook zsh)"'';
    programs.fish.interactiveShellInit = "${lib.getExe cfg.package} hook fish | source";
  };
}
