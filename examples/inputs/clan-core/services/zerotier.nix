# zerotier: a private network with one controller; every machine's address in it is a public var.
let
  # What controller and peer have in common is an identity. A machine may have both roles, so it is imported by key.
  memberModule = {
    _file = ./zerotier.nix;
    key = "clan-core/zerotier/member";
    clan.core.vars.generators.zerotier = {
      files.zerotier-identity-secret = { };
      files.zerotier-ip.secret = false;
      script = ''
        zerotier-idtool generate "$out"/zerotier-identity-secret
        zerotier-address < "$out"/zerotier-identity-secret > "$out"/zerotier-ip
      '';
    };
  };

  # The addresses of all members by name; a machine without an address yet is left out.
  hostsModule = roles: {
    _file = ./zerotier.nix;
    key = "clan-core/zerotier/hosts";
    imports = [ (addressesOf (membersOf roles)) ];
  };

  addressesOf =
    names:
    { config, lib, ... }:
    let
      inherit (config.clan.core) settings;
      ipFile = name: "${settings.directory}/vars/per-machine/${name}/zerotier/zerotier-ip/value";
      known = lib.filter (name: builtins.pathExists (ipFile name)) names;
    in
    {
      networking.hosts = lib.listToAttrs (
        map (
          name: lib.nameValuePair (lib.trim (builtins.readFile (ipFile name))) [ "${name}.${settings.domain}" ]
        ) known
      );
    };

  membersOf =
    roles:
    builtins.attrNames ((roles.controller.machines or { }) // (roles.peer.machines or { }));
in
{
  _class = "clan.service";
  manifest = {
    name = "clan-core/zerotier";
    description = "A private network over the internet";
    categories = [ "Network" ];
  };

  roles.controller = {
    description = "The machine that admits members.";
    interface =
      { lib, ... }:
      {
        options.allowedIps = lib.mkOption {
          type = lib.types.listOf lib.types.str;
          default = [ ];
          description = "Addresses of members that are no machines of the clan.";
        };
      };
    perInstance =
      { roles, settings, ... }:
      {
        nixosModule = {
          imports = [
            memberModule
            (hostsModule roles)
          ];
          clan.core.vars.generators.zerotier-network = {
            files.zerotier-network-id.secret = false;
            dependencies = [ "zerotier" ];
            script = ''
              zerotier-network-id < "$in"/zerotier/zerotier-identity-secret > "$out"/zerotier-network-id
            '';
          };
          networking.firewall.allowedUDPPorts = [ 9993 ];
          environment.etc."zerotier/allowed".text = builtins.concatStringsSep "\n" settings.allowedIps;
        };
      };
  };

  roles.peer = {
    description = "Machines that are in the network.";
    perInstance =
      { roles, ... }:
      {
        nixosModule.imports = [
          memberModule
          (hostsModule roles)
        ];
        darwinModule = { };
      };
  };
}
