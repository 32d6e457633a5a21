# Backups with Borg: jobs that push to repositories, and repositories that this machine keeps for others.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.services.borgbackup;
in
{
  options.services.borgbackup = {
    package = lib.mkPackageOption pkgs "borgbackup" { };
    jobs = mkOption {
      default = { };
      description = "Backups that run on a schedule.";
      type = types.attrsOf (
        types.submodule {
          options = {
            paths = mkOption {
              type = types.coercedTo types.str lib.singleton (types.listOf types.str);
              default = [ ];
              description = "What is backed up.";
            };
            exclude = mkOption {
              type = types.listOf types.str;
              default = [ ];
              description = "What is left out.";
            };
            repo = mkOption {
              type = types.str;
              example = "user@machine:/path/to/repo";
              description = "The repository that the backup goes to.";
            };
            startAt = mkOption {
              type = types.either types.str (types.listOf types.str);
              default = "daily";
              description = "When the backup runs.";
            };
            compression = mkOption {
              type = types.strMatching "none|(auto,)?(lz4|zstd|zlib|lzma)(,[[:digit:]]{1,2})?";
              default = "lz4";
              description = "How the backup is compressed.";
            };
            encryption.mode = mkOption {
              type = types.enum [
                "repokey"
                "keyfile"
                "repokey-blake2"
                "keyfile-blake2"
                "none"
              ];
              description = "How the backup is encrypted.";
            };
            environment = mkOption {
              type = types.attrsOf types.str;
              default = { };
              description = "Variables for `borg`.";
            };
            prune.keep = mkOption {
              type = types.attrsOf (types.either types.int types.str);
              default = { };
              example = {
                daily = 7;
                weekly = 4;
              };
              description = "How many backups of each period are kept.";
            };
          };
        }
      );
    };
    repos = mkOption {
      default = { };
      description = "Repositories that this machine keeps.";
      type = types.attrsOf (
        types.submodule (
          { name, ... }:
          {
            options = {
              path = mkOption {
                type = types.path;
                default = "/var/lib/borgbackup/${name}";
                description = "Where the repository is.";
              };
              authorizedKeys = mkOption {
                type = types.listOf types.str;
                default = [ ];
                description = "Public keys that may write to it.";
              };
              quota = mkOption {
                type = types.nullOr types.str;
                default = null;
                description = "How large it may grow.";
              };
            };
          }
        )
      );
    };
  };
  config = lib.mkMerge [
    (lib.mkIf (cfg.jobs != { }) {
      environment.systemPackages = [ cfg.package ];
      systemd.services = lib.mapAttrs' (
        name: job:
        lib.nameValuePair "borgbackup-job-${name}" {
          description = "BorgBackup job ${name}";
          path = [ cfg.package ];
          environment = job.environment // {
            BORG_REPO = job.repo;
          };
          startAt = lib.toList job.startAt;
          serviceConfig = {
            Type = "oneshot";
            CPUSchedulingPolicy = "idle";
            IOSchedulingClass = "idle";
          };
          script = ''
            borg create --compression ${job.compression} ${
              lib.concatMapStringsSep " " (e: "--exclude ${lib.escapeShellArg e}") job.exclude
            } ::${name}-$(date +%Y-%m-%d) ${lib.escapeShellArgs job.paths}
            borg prune ${
              lib.concatStringsSep " " (lib.mapAttrsToList (k: n: "--keep-${k}=${toString n}") job.prune.keep)
            }
          '';
        }
      ) cfg.jobs;
    })
    (lib.mkIf (cfg.repos != { }) {
      users.groups.borg = { };
      users.users.borg = {
        isSystemUser = true;
        group = "borg";
        home = "/var/lib/borgbackup";
        openssh.authorizedKeys.keys = lib.concatMap (
          r: map (key: "command=\"borg serve --restrict-to-path ${r.path}\",restrict ${key}") r.authorizedKeys
        ) (lib.attrValues cfg.repos);
      };
    })
  ];
}
