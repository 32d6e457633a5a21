# Watching machines. The same options on NixOS and nix-darwin; how the agent is started differs.
let
  options =
    { lib, ... }:
    {
      options.fleet.monitoring = {
        enable = lib.mkOption {
          type = lib.types.bool;
          default = false;
          example = true;
          description = "Whether an agent reports the health of this machine.";
        };
        interval = lib.mkOption {
          type = lib.types.ints.between 5 3600;
          default = 60;
          description = "Seconds between two reports.";
        };
        labels = lib.mkOption {
          type = lib.types.attrsOf lib.types.str;
          default = { };
          description = "What reports say about the machine.";
        };
        checks = lib.mkOption {
          type = lib.types.attrsOf (
            lib.types.submodule {
              options = {
                command = lib.mkOption {
                  type = lib.types.str;
                  description = "A command that fails when something is wrong.";
                };
                severity = lib.mkOption {
                  type = lib.types.enum [
                    "info"
                    "warning"
                    "critical"
                  ];
                  default = "warning";
                  description = "How loud to be about it.";
                };
              };
            }
          );
          default = { };
          description = "What to look at, by name.";
        };
      };
    };

  reportOf =
    config:
    builtins.toJSON {
      inherit (config.fleet.monitoring) interval labels checks;
      host = config.networking.hostName;
    };
in
{
  flake.modules.nixos.monitoring =
    { config, lib, ... }:
    let
      cfg = config.fleet.monitoring;
    in
    {
      imports = [ options ];
      config = lib.mkMerge [
        {
          fleet.monitoring.enable = lib.mkDefault true;
          fleet.monitoring.labels.os = "nixos";
        }
        (lib.mkIf cfg.enable {
          environment.etc."fleet/monitoring.json".text = reportOf config;
          fleet.monitoring.checks.disk.command = "df --output=pcent /";
        })
      ];
    };

  flake.modules.darwin.monitoring =
    { config, lib, ... }:
    let
      cfg = config.fleet.monitoring;
    in
    {
      imports = [ options ];
      config = lib.mkMerge [
        {
          fleet.monitoring.enable = lib.mkDefault false;
          fleet.monitoring.labels.os = "macos";
        }
        (lib.mkIf cfg.enable {
          environment.etc."fleet/monitoring.json".text = reportOf config;
          fleet.monitoring.interval = lib.mkForce 300;
        })
      ];
    };
}
