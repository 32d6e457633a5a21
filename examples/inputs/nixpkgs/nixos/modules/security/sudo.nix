# Who may act as another user.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.security.sudo;
  show =
    rule:
    lib.concatMapStrings (
      who:
      "${who} ${rule.host}=(${rule.runAs}) ${
        lib.concatMapStringsSep ", " (
          c:
          if builtins.isString c then
            c
          else
            lib.concatStrings (map (o: "${o}: ") c.options) + c.command
        ) rule.commands
      }\n"
    ) (rule.users ++ map (g: "%${g}") rule.groups);
in
{
  options.security.sudo = {
    enable = mkOption {
      type = types.bool;
      default = true;
      description = "Whether `sudo` is there.";
    };
    package = lib.mkPackageOption pkgs "sudo" { };
    wheelNeedsPassword = mkOption {
      type = types.bool;
      default = true;
      description = "Whether members of `wheel` type their password.";
    };
    execWheelOnly = mkOption {
      type = types.bool;
      default = false;
      description = "Whether only members of `wheel` can run the program at all.";
    };
    extraRules = mkOption {
      default = [ ];
      description = "Rules, of which the last that matches counts.";
      type = types.listOf (
        types.submodule {
          options = {
            users = mkOption {
              type = types.listOf (types.either types.str types.int);
              default = [ ];
              description = "Users that the rule is for.";
            };
            groups = mkOption {
              type = types.listOf (types.either types.str types.int);
              default = [ ];
              description = "Groups that the rule is for.";
            };
            host = mkOption {
              type = types.str;
              default = "ALL";
              description = "The host that the rule holds on.";
            };
            runAs = mkOption {
              type = types.str;
              default = "ALL:ALL";
              description = "As whom the commands may run.";
            };
            commands = mkOption {
              description = "Commands that may run.";
              type = types.listOf (
                types.either types.str (
                  types.submodule {
                    options = {
                      command = mkOption {
                        type = types.str;
                        description = "A command, or `ALL`.";
                      };
                      options = mkOption {
                        type = types.listOf (
                          types.enum [
                            "NOPASSWD"
                            "PASSWD"
                            "NOEXEC"
                            "SETENV"
                            "NOSETENV"
                          ]
                        );
                        default = [ ];
                        description = "Tags of the command.";
                      };
                    };
                  }
                )
              );
            };
          };
        }
      );
    };
    extraConfig = mkOption {
      type = types.lines;
      default = "";
      description = "Lines that are added to `sudoers` as they are.";
    };
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
      text = lib.concatMapStrings show cfg.extraRules + cfg.extraConfig;
      mode = "0440";
    };
  };
}
