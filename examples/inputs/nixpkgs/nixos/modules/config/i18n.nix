# Language and formats.
{
  config,
  lib,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.i18n;
in
{
  options.i18n = {
    defaultLocale = mkOption {
      type = types.str;
      default = "en_US.UTF-8";
      example = "nl_NL.UTF-8";
      description = "The locale of programs that are not told another one.";
    };
    extraLocaleSettings = mkOption {
      type = types.attrsOf types.str;
      default = { };
      example = {
        LC_TIME = "de_DE.UTF-8";
      };
      description = "Locale variables that differ from the default.";
    };
    supportedLocales = mkOption {
      type = types.listOf types.str;
      default = lib.unique (
        map (l: "${l}/UTF-8") (
          [
            "C.UTF-8"
            cfg.defaultLocale
          ]
          ++ lib.attrValues cfg.extraLocaleSettings
        )
      );
      defaultText = lib.literalExpression "the locales that the other options mention";
      description = "Locales that are built into the system.";
    };
  };
  config = {
    environment.sessionVariables = {
      LANG = cfg.defaultLocale;
    }
    // cfg.extraLocaleSettings;
    environment.etc."locale.conf".text = lib.generators.toKeyValue { } (
      { LANG = cfg.defaultLocale; } // cfg.extraLocaleSettings
    );
  };
}
