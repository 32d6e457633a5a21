# users: one account on every machine that has the role, with a generated or prompted password.
{
  _class = "clan.service";
  manifest = {
    name = "clan-core/users";
    description = "An account and its password";
    categories = [ "System" ];
  };

  roles.default = {
    description = "Machines that have the account.";
    interface =
      { lib, ... }:
      {
        options = {
          user = lib.mkOption {
            type = lib.types.str;
            description = "The name of the account.";
          };
          groups = lib.mkOption {
            type = lib.types.listOf lib.types.str;
            default = [ ];
            description = "Further groups that it is in.";
          };
          prompt = lib.mkOption {
            type = lib.types.bool;
            default = true;
            description = "Whether to ask for the password instead of generating one.";
          };
          share = lib.mkOption {
            type = lib.types.bool;
            default = false;
            description = "Whether the password is the same on every machine.";
          };
        };
      };
    perInstance =
      { settings, ... }:
      {
        nixosModule =
          { config, lib, ... }:
          let
            generator = "user-password-${settings.user}";
          in
          {
            clan.core.vars.generators.${generator} = {
              inherit (settings) share;
              files.user-password.deploy = false;
              files.user-password-hash.neededFor = "users";
              prompts = lib.optionalAttrs settings.prompt {
                user-password = {
                  type = "hidden";
                  description = "Password of ${settings.user}";
                  persist = true;
                };
              };
              script = ''
                ${lib.optionalString (!settings.prompt) ''
                  xkcdpass --numwords 4 > "$out"/user-password
                ''}
                mkpasswd -s -m sha-512 < "$out"/user-password > "$out"/user-password-hash
              '';
            };

            users.users.${settings.user} = {
              isNormalUser = lib.mkDefault true;
              extraGroups = settings.groups;
              hashedPasswordFile =
                config.clan.core.vars.generators.${generator}.files.user-password-hash.path;
            };
          };
        # Accounts on macOS are made by the person who owns the machine.
        darwinModule = { };
      };
  };
}
