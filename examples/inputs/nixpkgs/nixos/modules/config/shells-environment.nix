# What every shell starts with: variables, aliases, and the file that sets them.
{
  config,
  lib,
  pkgs,
  utils,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.environment;
  variables =
    description:
    mkOption {
      default = { };
      example = {
        EDITOR = "nvim";
      };
      inherit description;
      type = types.attrsOf (
        types.nullOr (
          types.oneOf [
            (types.listOf (types.oneOf [ types.int types.str types.path ]))
            types.int
            types.str
            types.path
          ]
        )
      );
      apply = builtins.mapAttrs (
        _: v: if builtins.isList v then lib.concatMapStringsSep ":" toString v else if v == null then null else toString v
      );
    };
  exported = lib.filterAttrs (_: v: v != null) (cfg.variables // cfg.sessionVariables);
in
{
  options.environment = {
    variables = variables "Variables of interactive shells; a list becomes one value with colons.";
    sessionVariables = variables "Variables of login sessions, also those without a shell.";
    shellAliases = mkOption {
      type = types.attrsOf (types.nullOr (types.either types.str types.path));
      default = {
        l = "ls -alh";
        ll = "ls -l";
      };
      description = "Aliases in all shells; null removes one.";
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
    loginShellInit = mkOption {
      type = types.lines;
      default = "";
      description = "Commands that every login shell runs at its start.";
    };
    shells = mkOption {
      type = types.listOf (types.either types.shellPackage types.path);
      default = [ ];
      apply = map utils.toShellPath;
      description = "Shells that users may choose, in `/etc/shells`.";
    };
    binsh = mkOption {
      type = types.path;
      default = "${pkgs.bash}/bin/sh";
      defaultText = lib.literalExpression ''"''${pkgs.bash}/bin/sh"'';
      description = "What `/bin/sh` is.";
    };
  };
  config = {
    environment.shells = [ "/run/current-system/sw/bin/bash" ];
    environment.variables.PATH = lib.mkAfter [ "/run/current-system/sw/bin" ];
    environment.etc.shells.text = lib.concatLines cfg.shells;
    environment.etc."set-environment".text = lib.concatLines (
      lib.mapAttrsToList (k: v: "export ${k}=${lib.escapeShellArg v}") exported
    );
    environment.etc.profile.text =
      ". /etc/set-environment\n"
      + cfg.shellInit
      + lib.concatStrings (
        lib.mapAttrsToList (k: v: "alias ${k}=${lib.escapeShellArg v}\n") (
          lib.filterAttrs (_: v: v != null) cfg.shellAliases
        )
      )
      + cfg.interactiveShellInit
      + cfg.loginShellInit;
  };
}
