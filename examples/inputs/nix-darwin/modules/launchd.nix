# launchd: daemons of the system and agents of users, each a property list.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.launchd;
  calendar = types.submodule {
    options = lib.genAttrs [ "Minute" "Hour" "Day" "Weekday" "Month" ] (
      field:
      mkOption {
        type = types.nullOr types.int;
        default = null;
        description = "The ${lib.toLower field} at which the job starts; null means every one.";
      }
    );
  };
  value = type: description: mkOption {
    type = types.nullOr type;
    default = null;
    inherit description;
  };
  plistType = types.submodule {
    freeformType = types.attrsOf types.anything;
    options = {
      Label = mkOption {
        type = types.str;
        description = "The name of the job.";
      };
      Program = value types.path "The program of the job.";
      ProgramArguments = value (types.listOf types.str) "The command line of the job.";
      RunAtLoad = value types.bool "Whether the job starts when it is loaded.";
      KeepAlive = value (types.either types.bool (types.attrsOf types.anything)) "Whether the job is started again when it ends.";
      StartInterval = value types.int "Seconds between starts.";
      StartCalendarInterval = value (types.either calendar (types.listOf calendar)) "Times at which the job starts.";
      EnvironmentVariables = value (types.attrsOf types.str) "Variables of the job.";
      StandardOutPath = value types.path "Where the output goes.";
      StandardErrorPath = value types.path "Where errors go.";
      UserName = value types.str "The user that the job runs as.";
      WorkingDirectory = value types.str "The directory that the job starts in.";
    };
  };
  job =
    { name, config, ... }:
    {
      options = {
        command = mkOption {
          type = types.either types.str types.path;
          default = "";
          description = "A command that is the job.";
        };
        script = mkOption {
          type = types.lines;
          default = "";
          description = "Shell commands that are the job.";
        };
        path = mkOption {
          type = types.listOf (types.either types.path types.str);
          default = [ ];
          apply = ps: if ps == [ ] then "" else lib.makeBinPath ps;
          description = "Packages whose programs the job finds.";
        };
        environment = mkOption {
          type = types.attrsOf (types.either types.str types.path);
          default = { };
          description = "Variables of the job.";
        };
        serviceConfig = mkOption {
          type = plistType;
          default = { };
          example = {
            KeepAlive = true;
          };
          description = "The property list of the job.";
        };
      };
      config = {
        command = lib.mkIf (config.script != "") (
          lib.mkDefault (pkgs.writeShellScript "${name}-start" config.script)
        );
        environment.PATH = lib.mkIf (config.path != "") "${config.path}:/usr/bin:/bin:/usr/sbin:/sbin";
        serviceConfig = {
          Label = lib.mkDefault "${cfg.labelPrefix}.${name}";
          ProgramArguments = lib.mkIf (config.command != "") [
            "/bin/sh"
            "-c"
            "/bin/wait4path /nix/store && exec ${config.command}"
          ];
          EnvironmentVariables = lib.mkIf (config.environment != { }) (
            builtins.mapAttrs (_: toString) config.environment
          );
        };
      };
    };
  jobs =
    what:
    mkOption {
      type = types.attrsOf (types.submodule job);
      default = { };
      description = "${what} by name.";
    };
  compact =
    v:
    if builtins.isAttrs v && !lib.isDerivation v then
      builtins.mapAttrs (_: compact) (lib.filterAttrs (_: x: x != null) v)
    else if builtins.isList v then
      map compact v
    else
      v;
  files =
    directory: set:
    lib.mapAttrs' (
      _: j:
      lib.nameValuePair "${directory}/${j.serviceConfig.Label}.plist" {
        text = lib.generators.toPlist { escape = true; } (compact j.serviceConfig);
      }
    ) set;
in
{
  options.launchd = {
    labelPrefix = mkOption {
      type = types.str;
      default = "org.nixos";
      description = "What the names of jobs start with.";
    };
    daemons = jobs "Jobs of the system, which run as root";
    agents = jobs "Jobs of every user";
    user.agents = jobs "Jobs of the user who activates the configuration";
  };
  config = {
    environment.launchDaemons = files "Library/LaunchDaemons" cfg.daemons;
    environment.launchAgents = files "Library/LaunchAgents" cfg.agents;
    environment.userLaunchAgents = files "user/Library/LaunchAgents" cfg.user.agents;
  };
}
