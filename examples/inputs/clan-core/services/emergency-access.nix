# emergency-access: a root password for the console when the network is gone.
{
  _class = "clan.service";
  manifest = {
    name = "clan-core/emergency-access";
    description = "A root password for the boot console";
    categories = [ "System" ];
  };

  roles.default = {
    description = "Machines that have the password.";
    perInstance.nixosModule =
      { config, ... }:
      {
        clan.core.vars.generators.emergency-access = {
          files.password.deploy = false;
          files.password-hash.secret = false;
          script = ''
            xkcdpass --numwords 4 > "$out"/password
            mkpasswd -s -m sha-512 < "$out"/password > "$out"/password-hash
          '';
        };
        environment.etc."clan/emergency-access".text =
          config.clan.core.vars.generators.emergency-access.files.password-hash.value;
      };
  };
}
