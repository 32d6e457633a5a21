# A service of the fleet's own: clients send what changed to a server every night.
{
  clan.modules.backup = {
    _class = "clan.service";
    manifest = {
      name = "backup";
      description = "Nightly backups inside of the private network";
      categories = [ "System" ];
    };

    roles.client = {
      description = "Machines that are backed up.";
      interface =
        { lib, ... }:
        {
          options = {
            paths = lib.mkOption {
              type = lib.types.listOf lib.types.str;
              default = [ "/home" ];
              description = "Directories to back up.";
            };
            schedule = lib.mkOption {
              type = lib.types.str;
              default = "03:00";
              description = "When to start, as systemd writes times.";
            };
          };
        };
      perInstance =
        { roles, settings, ... }:
        let
          servers = builtins.attrNames roles.server.machines;

          job =
            { config, ... }:
            {
              clan.core.vars.generators.backup = {
                files.ssh-key = { };
                files."ssh-key.pub".secret = false;
                script = ''
                  ssh-keygen -t ed25519 -N "" -f "$out"/ssh-key
                '';
              };
              environment.etc."backup/job.json".text = builtins.toJSON {
                inherit (settings) paths schedule;
                targets = map (server: "backup@${server}.${config.clan.core.settings.domain}") servers;
                key = config.clan.core.vars.generators.backup.files.ssh-key.path;
              };
            };
        in
        {
          nixosModule =
            { lib, pkgs, ... }:
            {
              imports = [ job ];
              systemd.services.backup = {
                description = "Backup";
                startAt = settings.schedule;
                path = [ pkgs.restic ];
                script = ''
                  restic backup ${lib.escapeShellArgs settings.paths}
                '';
              };
            };
          darwinModule = job;
        };
    };

    roles.server = {
      description = "The machine that keeps the backups.";
      interface =
        { lib, ... }:
        {
          options.directory = lib.mkOption {
            type = lib.types.path;
            description = "Where backups are kept.";
          };
        };
      perInstance =
        { roles, settings, ... }:
        {
          nixosModule =
            { config, lib, ... }:
            let
              inherit (config.clan.core.settings) directory;
              keyFile = name: "${directory}/vars/per-machine/${name}/backup/ssh-key.pub/value";
              clients = lib.filter (name: builtins.pathExists (keyFile name)) (
                lib.attrNames roles.client.machines
              );
            in
            {
              users.users.backup = {
                isSystemUser = true;
                group = "backup";
                home = settings.directory;
                openssh.authorizedKeys.keys = map (name: lib.trim (builtins.readFile (keyFile name))) clients;
              };
              users.groups.backup = { };
            };
        };
    };
  };
}
