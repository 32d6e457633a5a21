# The fish shell for all users.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.programs.fish;
  lines =
    description:
    mkOption {
      type = types.lines;
      default = "";
      inherit description;
    };
in
{
  options.programs.fish = {
    enable = lib.mkEnableOption "fish, the friendly interactive shell";
    package = lib.mkPackageOption pkgs "fish" { };
    useBabelfish = lib.mkEnableOption "the translation of environment files by babelfish";
    shellAbbrs = mkOption {
      type = types.attrsOf types.str;
      default = { };
      example = {
        gco = "git checkout";
      };
      description = "Abbreviations, which expand as they are typed.";
    };
    shellAliases = mkOption {
      type = types.attrsOf (types.nullOr (types.either types.str types.path));
      default = { };
      description = "Aliases in fish.";
    };
    shellInit = lines "Commands that every fish runs at its start.";
    interactiveShellInit = lines "Commands that every interactive fish runs at its start.";
    loginShellInit = lines "Commands that every login fish runs at its start.";
  };
  config = lib.mkIf cfg.enable {
    programs.fish.shellAliases = builtins.mapAttrs (_: lib.mkDefault) config.environment.shellAliases;
    environment.systemPackages = [ cfg.package ];
    environment.shells = [
      "/run/current-system/sw/bin/fish"
      cfg.package
    ];
    environment.etc."fish/config.fish".text =
      cfg.shellInit
      + lib.concatStrings (
        lib.mapAttrsToList (k: v: "alias ${k} ${lib.escapeShellArg v}\n") (
          lib.filterAttrs (_: v: v != null) cfg.shellAliases
        )
      )
      + lib.concatStrings (lib.mapAttrsToList (k: v: "abbr -a -- ${k} ${lib.escapeShellArg v}\n") cfg.shellAbbrs)
      + "status is-interactive; and begin\n${cfg.interactiveShellInit}\nend\n"
      + cfg.loginShellInit;
  };
}
