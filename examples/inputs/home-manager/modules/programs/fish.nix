# fish.
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
    shellAliases = mkOption {
      type = types.attrsOf types.str;
      default = { };
      description = "Aliases in fish.";
    };
    shellAbbrs = mkOption {
      type = types.attrsOf (types.either types.str (types.attrsOf types.anything));
      default = { };
      example = {
        gco = "git checkout";
      };
      description = "Abbreviations, which expand as they are typed.";
    };
    functions = mkOption {
      type = types.attrsOf types.lines;
      default = { };
      description = "Functions by name.";
    };
    shellInit = lines "Commands of all shells.";
    loginShellInit = lines "Commands of login shells.";
    interactiveShellInit = lines "Commands of interactive shells.";
  };
  config = lib.mkIf cfg.enable {
    programs.fish.shellAliases = builtins.mapAttrs (_: lib.mkDefault) config.home.shellAliases;
    home.packages = [ cfg.package ];
    xdg.configFile = {
      "fish/config.fish".text =
        cfg.shellInit
        + "status is-login; and begin\n${cfg.loginShellInit}\nend\nstatus is-interactive; and begin\n"
        + lib.concatStrings (lib.mapAttrsToList (k: v: "alias ${k} ${lib.escapeShellArg v}\n") cfg.shellAliases)
        + lib.concatStrings (
          lib.mapAttrsToList (
            k: v: "abbr --add -- ${k} ${lib.escapeShellArg (if builtins.isString v then v else v.expansion)}\n"
          ) cfg.shellAbbrs
        )
        + "${cfg.interactiveShellInit}\nend\n";
    }
    // lib.mapAttrs' (
      name: body:
      lib.nameValuePair "fish/functions/${name}.fish" { text = "function ${name}\n${body}\nend\n"; }
    ) cfg.functions;
  };
}
