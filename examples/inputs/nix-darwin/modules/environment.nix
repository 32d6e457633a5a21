# Packages, variables and aliases of every shell.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.environment;
  show = v: if builtins.isList v then lib.concatMapStringsSep ":" toString v else toString v;
  aliases = lib.concatStrings (
    lib.mapAttrsToList (k: v: "alias ${k}=${lib.escapeShellArg v}\n") cfg.shellAliases
  );
in
{
  options.environment = {
    systemPackages = mkOption {
      type = types.listOf types.package;
      default = [ ];
      example = lib.literalExpression "[ pkgs.curl pkgs.vim ]";
      description = "Packages that are in the path of every user.";
    };
    systemPath = mkOption {
      type = types.listOf (types.either types.path types.str);
      description = "Directories that programs are looked for in.";
    };
    pathsToLink = mkOption {
      type = types.listOf types.str;
      default = [ ];
      description = "Directories of packages that appear in `/run/current-system/sw`.";
    };
    extraOutputsToInstall = mkOption {
      type = types.listOf types.str;
      default = [ ];
      description = "Further outputs of the packages, such as `doc`.";
    };
    variables = mkOption {
      type = types.attrsOf (types.either types.str (types.listOf types.str));
      default = { };
      example = {
        EDITOR = "vim";
      };
      description = "Environment variables; a list becomes one value with colons.";
    };
    shellAliases = mkOption {
      type = types.attrsOf types.str;
      default = { };
      example = {
        ll = "ls -l";
      };
      description = "Aliases in all shells.";
    };
    shells = mkOption {
      type = types.listOf (types.either types.shellPackage types.path);
      default = [ ];
      apply = map (s: if lib.isDerivation s then "/run/current-system/sw${s.shellPath}" else toString s);
      description = "Shells that users may choose, in `/etc/shells`.";
    };
    shellInit = mkOption {
      type = types.lines;
      default = "";
      description = "Commands that every shell runs at its start.";
    };
    interactiveShellInit = mkOption {
      type = types.lines;
      default = "";
      description = "Commands that every interactive shell runs at its start.";
    };
    darwinConfig = mkOption {
      type = types.nullOr (types.either types.path types.str);
      default = null;
      description = "Where the configuration is, for `darwin-rebuild`.";
    };
  };
  options.system.path = mkOption {
    internal = true;
    type = types.package;
    description = "The environment of all system packages.";
  };
  config = {
    environment.systemPackages = [
      pkgs.bash
      pkgs.gnutar
    ];
    environment.systemPath = lib.mkMerge [
      [
        "/run/current-system/sw/bin"
      ]
      (lib.mkOrder 1400 [
        "/usr/local/bin"
        "/usr/bin"
        "/bin"
        "/usr/sbin"
        "/sbin"
      ])
    ];
    environment.pathsToLink = [
      "/bin"
      "/share/locale"
      "/Applications"
    ];
    environment.variables.EDITOR = lib.mkDefault "nano";
    environment.variables.PAGER = lib.mkDefault "less -R";
    environment.shells = lib.mkBefore [
      "/bin/bash"
      "/bin/zsh"
    ];
    environment.etc.shells = lib.mkIf (cfg.shells != [ ]) { text = lib.concatLines cfg.shells; };
    environment.etc."set-environment".text =
      "export PATH=${lib.concatMapStringsSep ":" toString cfg.systemPath}\n"
      + lib.concatStrings (lib.mapAttrsToList (k: v: "export ${k}=${lib.escapeShellArg (show v)}\n") cfg.variables)
      + cfg.shellInit
      + aliases
      + cfg.interactiveShellInit;
    system.path = pkgs.buildEnv {
      name = "system-path";
      paths = cfg.systemPackages;
      inherit (cfg) pathsToLink extraOutputsToInstall;
    };
  };
}
