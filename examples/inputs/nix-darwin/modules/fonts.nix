# Fonts for all users.
{
  config,
  lib,
  pkgs,
  ...
}:
{
  options.fonts.packages = lib.mkOption {
    type = lib.types.listOf lib.types.path;
    default = [ ];
    example = lib.literalExpression "[ pkgs.nerd-fonts.fira-code ]";
    description = "Packages whose fonts are copied to `/Library/Fonts/Nix Fonts`.";
  };
  config = lib.mkIf (config.fonts.packages != [ ]) {
    system.activationScripts.fonts.text = ''
      rsync --archive --delete ${
        pkgs.buildEnv {
          name = "system-fonts";
          paths = config.fonts.packages;
          pathsToLink = [ "/share/fonts" ];
        }
      }/share/fonts/ "/Library/Fonts/Nix Fonts"
    '';
  };
}
