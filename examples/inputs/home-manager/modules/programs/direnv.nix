# direnv, hooked into the shells that the home has.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.programs.direnv;
  integration =
    shell:
    mkOption {
      type = types.bool;
      default = true;
      description = "Whether ${shell} uses direnv.";
    };
in
{
  options.programs.direnv = {
    enable = lib.mkEnableOption "direnv, the environment switcher";
    package = lib.mkPackageOption pkgs "direnv" { };
    silent = lib.mkEnableOption "silent mode, that is, disabling direnv logging";
    config = mkOption {
      type = types.attrsOf types.anything;
      default = { };
      description = "The contents of `direnv.toml`.";
    };
    stdlib = mkOption {
      type = types.lines;
      default = "";
      description = "The contents of `direnvrc`.";
    };
    enableBashIntegration = integration "bash";
    enableZshIntegration = integration "zsh";
    enableFishIntegration = integration "fish";
    nix-direnv = {
      enable = lib.mkEnableOption "a faster `use_nix` that keeps its results";
      package = lib.mkPackageOption pkgs "nix-direnv" { };
    };
  };
  config = lib.mkIf cfg.enable {
    home.packages = [ cfg.package ];
    home.sessionVariables = lib.mkIf cfg.silent { DIRENV_LOG_FORMAT = ""; };
    xdg.configFile."direnv/direnv.toml" = lib.mkIf (cfg.config != { }) {
      source = (pkgs.formats.toml { }).generate "direnv-config" cfg.config;
    };
    xdg.configFile."direnv/direnvrc" = lib.mkIf (cfg.stdlib != "") { text = cfg.stdlib; };
    xdg.configFile."direnv/lib/hm-nix-direnv.sh" = lib.mkIf cfg.nix-direnv.enable {
      source = "${cfg.nix-direnv.package}/share/nix-direnv/direnvrc";
    };
    programs.bash.initExtra = lib.mkIf cfg.enableBashIntegration (
      lib.mkAfter ''eval "$(${lib.getExe cfg.package} hook bash)"''
    );
    programs.zsh.initContent = lib.mkIf cfg.enableZshIntegration ''eval "$(${lib.getExe cfg.package} hook zsh)"'';
    programs.fish.interactiveShellInit = lib.mkIf cfg.enableFishIntegration (
      lib.mkAfter "${lib.getExe cfg.package} hook fish | source"
    );
  };
}
