# sshd: host keys that outlive reinstallation, and clients that know them without asking.
{
  _class = "clan.service";
  manifest = {
    name = "clan-core/sshd";
    description = "OpenSSH with generated host keys";
    categories = [ "Network" ];
  };

  roles.server = {
    description = "Machines that can be reached by ssh.";
    interface =
      { lib, ... }:
      {
        options = {
          port = lib.mkOption {
            type = lib.types.port;
            default = 22;
            description = "The port to listen on.";
          };
          authorizedKeys = lib.mkOption {
            type = lib.types.attrsOf lib.types.singleLineStr;
            default = { };
            description = "Keys that may log in as root, by a name of your own.";
          };
        };
      };
    perInstance =
      { settings, ... }:
      {
        nixosModule =
          { config, lib, ... }:
          {
            clan.core.vars.generators.openssh = {
              files."ssh.id_ed25519".neededFor = "activation";
              files."ssh.id_ed25519.pub".secret = false;
              script = ''
                ssh-keygen -t ed25519 -N "" -f "$out"/ssh.id_ed25519
              '';
            };

            services.openssh = {
              enable = lib.mkDefault true;
              ports = lib.mkDefault [ settings.port ];
              settings.PasswordAuthentication = lib.mkDefault false;
            };
            environment.etc."ssh/sshd_config.d/10-clan.conf".text = ''
              HostKey ${config.clan.core.vars.generators.openssh.files."ssh.id_ed25519".path}
            '';
            users.users.root.openssh.authorizedKeys.keys = lib.attrValues settings.authorizedKeys;
          };
      };
  };

  roles.client = {
    description = "Machines that know the host keys of all servers.";
    perInstance =
      { roles, ... }:
      let
        # The public keys as they are in the repository: a server without a key yet is left out.
        knownHostsOf =
          { config, lib }:
          let
            inherit (config.clan.core) settings;
            keyFile =
              name: "${settings.directory}/vars/per-machine/${name}/openssh/ssh.id_ed25519.pub/value";
            servers = lib.filter (name: builtins.pathExists (keyFile name)) (
              lib.attrNames (roles.server.machines or { })
            );
            line = name: "${name}.${settings.domain} ${lib.trim (builtins.readFile (keyFile name))}";
          in
          lib.concatMapStrings (name: "${line name}\n") servers;

        clientModule =
          { config, lib, ... }:
          {
            environment.etc."ssh/ssh_known_hosts_clan".text = knownHostsOf { inherit config lib; };
          };
      in
      {
        nixosModule = clientModule;
        darwinModule = clientModule;
      };
  };
}
