# Language and formats.
{ config, lib, ... }:
let
  inherit (import ../../lib/declare.nix lib) has;
  inherit (lib.types) attrsOf listOf str;
  cfg = config.i18n;
  variables = { LANG = cfg.defaultLocale; } // cfg.extraLocaleSettings;
in
{
  options.i18n = {
    defaultLocale = has str "en_US.UTF-8" "The locale of programs that are told no other." // {
      example = "nl_NL.UTF-8";
    };
    extraLocaleSettings = has (attrsOf str) { } "Locale variables that differ from the default." // {
      example.LC_TIME = "de_DE.UTF-8";
    };
    supportedLocales = has (listOf str) (lib.unique (map (locale: "${locale}/UTF-8") ([ "C.UTF-8" ] ++ lib.attrValues variables))) "Locales that are there.";
  };
  config.environment = {
    sessionVariables = variables;
    etc."locale.conf".text = lib.generators.toKeyValue { } variables;
  };
}
