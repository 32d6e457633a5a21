# Fonts of the home.
{ config, lib, ... }:
{
  options.fonts.fontconfig = {
    enable = lib.mkOption {
      type = lib.types.bool;
      default = false;
      description = "Whether programs find fonts among the packages of the home.";
    };
    defaultFonts.monospace = lib.mkOption {
      type = lib.types.listOf lib.types.str;
      default = [ ];
      description = "Fonts with letters of one width, the first that is there.";
    };
  };

  config = lib.mkIf config.fonts.fontconfig.enable {
    xdg.configFile."fontconfig/conf.d/10-hm-fonts.conf".text = ''
      <fontconfig>
        <dir>${config.home.profileDirectory}/share/fonts</dir>
        ${lib.concatMapStrings (
          f: "<alias><family>monospace</family><prefer><family>${f}</family></prefer></alias>"
        ) config.fonts.fontconfig.defaultFonts.monospace}
      </fontconfig>
    '';
  };
}
