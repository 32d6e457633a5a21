# Neovim.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.programs.neovim;
in
{
  options.programs.neovim = {
    enable = lib.mkEnableOption "Neovim";
    package = lib.mkPackageOption pkgs "neovim" { };
    defaultEditor = mkOption {
      type = types.bool;
      default = false;
      description = "Whether `EDITOR` names Neovim.";
    };
    viAlias = mkOption {
      type = types.bool;
      default = false;
      description = "Whether `vi` is Neovim.";
    };
    vimAlias = mkOption {
      type = types.bool;
      default = false;
      description = "Whether `vim` is Neovim.";
    };
    extraConfig = mkOption {
      type = types.lines;
      default = "";
      description = "Lines of `init.vim`.";
    };
    extraLuaConfig = mkOption {
      type = types.lines;
      default = "";
      description = "Lines of `init.lua`.";
    };
    plugins = mkOption {
      type = types.listOf types.package;
      default = [ ];
      description = "Packages of plugins.";
    };
    extraPackages = mkOption {
      type = types.listOf types.package;
      default = [ ];
      description = "Packages that Neovim finds.";
    };
  };
  config = lib.mkIf cfg.enable {
    home.packages = [ cfg.package ] ++ cfg.extraPackages;
    home.sessionVariables = lib.mkIf cfg.defaultEditor { EDITOR = "nvim"; };
    home.shellAliases = lib.mkMerge [
      (lib.mkIf cfg.viAlias { vi = "nvim"; })
      (lib.mkIf cfg.vimAlias { vim = "nvim"; })
    ];
    xdg.configFile."nvim/init.lua" = lib.mkIf (cfg.extraLuaConfig != "" || cfg.extraConfig != "" || cfg.plugins != [ ]) {
      text =
        lib.concatMapStrings (p: "vim.opt.runtimepath:append(${builtins.toJSON "${p}"})\n") cfg.plugins
        + lib.optionalString (cfg.extraConfig != "") "vim.cmd(${builtins.toJSON cfg.extraConfig})\n"
        + cfg.extraLuaConfig;
    };
  };
}
