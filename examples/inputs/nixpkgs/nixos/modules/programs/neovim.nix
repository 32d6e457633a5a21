# Neovim for all users.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  cfg = config.programs.neovim;
in
{
  options.programs.neovim = {
    enable = lib.mkEnableOption "Neovim";
    package = lib.mkPackageOption pkgs "neovim" { };
    defaultEditor = lib.mkOption {
      type = lib.types.bool;
      default = false;
      description = "Whether `EDITOR` names Neovim.";
    };
    viAlias = lib.mkEnableOption "the name `vi` for Neovim";
    vimAlias = lib.mkEnableOption "the name `vim` for Neovim";
  };
  config = lib.mkIf cfg.enable {
    environment.systemPackages = [ cfg.package ];
    environment.variables.EDITOR = lib.mkIf cfg.defaultEditor (lib.mkOverride 900 "nvim");
    environment.shellAliases = lib.mkMerge [
      (lib.mkIf cfg.viAlias { vi = "nvim"; })
      (lib.mkIf cfg.vimAlias { vim = "nvim"; })
    ];
  };
}
