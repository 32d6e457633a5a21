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
in
{
  options.programs.fish = {
    enable = lib.mkEnableOption "fish, the friendly interactive shell";
    package = lib.mkPackageOption pkgs "fish" { };
    shellAbbrs = mkOption {
      type = types.attrsOf types.str;
      default = { };
      description = "Abbreviations, which expand as they are typed.";
    };
    interactiveShellInit = mkOption {
      type = types.lines;
      default = "";
      description = "Commands that every interactive fish runs at its start.";
    };
  };
  config = lib.mkIf cfg.enable {
    environment.systemPackages = [ cfg.package ];
    environment.shells = [ cfg.package ];
    environment.etc."fish/config.fish".text =
      lib.concatStrings (lib.mapAttrsToList (k: v: "alias ${k} ${lib.escapeShellArg v}\n") config.environment.shellAliases)
      + lib.concatStrings (lib.mapAttrsToList (k: v: "abbr -a -- ${k} ${lib.escapeShellArg v}\n") cfg.shellAbbrs)
      + cfg.interactiveShellInit;
  };
}
