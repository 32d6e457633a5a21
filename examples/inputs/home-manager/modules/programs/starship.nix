# The prompt Starship, hooked into the shells that the home has.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.programs.starship;
  format = pkgs.formats.toml { };
  integration =
    shell:
    mkOption {
      type = types.bool;
      default = true;
      description = "Whether ${shell} uses Starship.";
    };
in
{
  options.programs.starship = {
    enable = lib.mkEnableOption "starship";
    package = lib.mkPackageOption pkgs "starship" { };
    settings = mkOption {
      inherit (format) type;
      default = { };
      example = {
        add_newline = false;
      };
      description = "The contents of `starship.toml`.";
    };
    enableBashIntegration = integration "bash";
    enableZshIntegration = integration "zsh";
    enableFishIntegration = integration "fish";
  };
  config = lib.mkIf cfg.enable {
    home.packages = [ cfg.package ];
    xdg.configFile."starship.toml" = lib.mkIf (cfg.settings != { }) {
      source = format.generate "starship-config" cfg.settings;
    };
    programs.bash.initExtra = lib.mkIf cfg.enableBashIntegration ''eval "$(${lib.getExe cfg.package} init bash)"'';
    programs.zsh.initContent = lib.mkIf cfg.enableZshIntegration ''eval "$(${lib.getExe cfg.package} init zsh)"'';
    programs.fish.interactiveShellInit = lib.mkIf cfg.enableFishIntegration "${lib.getExe cfg.package} init fish | source";
  };
}
