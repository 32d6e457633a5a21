# Who may act as another user.
{ config, lib, pkgs, ... }:
let
  inherit (import ../../lib/declare.nix lib) has needs switch text;
  inherit (lib) types;
  inherit (types) either enum int listOf str submodule;
  cfg = config.security.sudo;

  command = submodule {
    options.command = needs str "A command, or `ALL`.";
    options.options = has (listOf (enum [ "NOPASSWD" "PASSWD" "NOEXEC" "SETENV" "NOSETENV" ])) [ ] "How it may be run.";
  };
  rule = submodule {
    options = {
      users = has (listOf (either str int)) [ ] "Users that the rule is for.";
      groups = has (listOf (either str int)) [ ] "Groups that the rule is for.";
      host = has str "ALL" "The host where it holds.";
      runAs = has str "ALL:ALL" "Who they may be.";
      commands = needs (listOf (either str command)) "What they may do.";
    };
  };
  commandText =
    given: if lib.isString given then given else lib.concatMapStrings (option: "${option}: ") given.options + given.command;
  ruleText =
    { users, groups, host, runAs, commands }:
    lib.concatMapStrings (who: "${toString who} ${host}=(${runAs}) ${lib.concatMapStringsSep ", " commandText commands}\n") (
      users ++ map (group: "%${toString group}") groups
    );
in
{
  options.security.sudo = {
    enable = switch true "Whether anybody may act as another.";
    package = lib.mkPackageOption pkgs "sudo" { };
    wheelNeedsPassword = switch true "Whether members of `wheel` type their password.";
    execWheelOnly = switch false "Whether only members of `wheel` can run the program at all.";
    extraRules = has (listOf rule) [ ] "Rules; the last one that fits counts.";
    extraConfig = text "Lines for `sudoers`.";
  };
  config = lib.mkIf cfg.enable {
    security.sudo.extraRules = lib.mkBefore [
      {
        users = [ "root" ];
        commands = [ "ALL" ];
      }
      {
        groups = [ "wheel" ];
        commands = [
          {
            command = "ALL";
            options = [ "SETENV" ] ++ lib.optional (!cfg.wheelNeedsPassword) "NOPASSWD";
          }
        ];
      }
    ];
    environment.systemPackages = [ cfg.package ];
    environment.etc.sudoers = {
      mode = "0440";
      text = lib.concatMapStrings ruleText cfg.extraRules + cfg.extraConfig;
    };
  };
}
