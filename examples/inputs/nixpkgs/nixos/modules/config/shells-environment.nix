# What every shell starts with: variables, aliases, and the file that sets them.
{ config, lib, pkgs, utils, ... }:
let
  inherit (import ../../lib/declare.nix lib) has text;
  inherit (lib) concatStrings escapeShellArg filterAttrs mapAttrsToList types;
  inherit (types) attrsOf either int listOf nullOr oneOf path str;
  cfg = config.environment;

  shown = value: if lib.isList value then lib.concatMapStringsSep ":" toString value else lib.mapNullable toString value;
  variables =
    description:
    has (attrsOf (nullOr (oneOf [ (listOf (oneOf [ int str path ])) int str path ]))) { } description
    // {
      apply = lib.mapAttrs (_: shown);
      example.EDITOR = "nvim";
    };
  given = filterAttrs (_: value: value != null);
in
{
  options.environment = {
    variables = variables "Variables of interactive shells; a list is joined by colons.";
    sessionVariables = variables "Variables of sessions, also those without a shell.";
    shellAliases = has (attrsOf (nullOr (either str path))) { l = "ls -alh"; ll = "ls -l"; } "Aliases in all shells; null takes one away.";
    shellInit = text "What every shell runs when it starts.";
    interactiveShellInit = text "What every interactive shell runs when it starts.";
    loginShellInit = text "What every login shell runs when it starts.";
    shells = has (listOf (either types.shellPackage path)) [ ] "Shells that people may choose." // {
      apply = map utils.toShellPath;
    };
    binsh = has path "${pkgs.bash}/bin/sh" "What `/bin/sh` is.";
  };
  config.environment = {
    shells = [ "/run/current-system/sw/bin/bash" ];
    variables.PATH = lib.mkAfter [ "/run/current-system/sw/bin" ];
    etc.shells.text = lib.concatLines cfg.shells;
    etc."set-environment".text = lib.concatLines (
      mapAttrsToList (name: value: "export ${name}=${escapeShellArg value}") (given (cfg.variables // cfg.sessionVariables))
    );
    etc.profile.text = concatStrings (
      [ ". /etc/set-environment\n" cfg.shellInit ]
      ++ mapAttrsToList (name: value: "alias ${name}=${escapeShellArg value}\n") (given cfg.shellAliases)
      ++ [ cfg.interactiveShellInit cfg.loginShellInit ]
    );
  };
}
