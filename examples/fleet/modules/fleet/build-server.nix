# The role of a machine that builds for others: more jobs, more memory, and accounts that may push.
{
  fleet.roles.build-server =
    { lib, ... }:
    {
      nix.settings.max-jobs = 8;
      nix.settings.cores = lib.mkDefault 0;
      # Beats the aspects' defaults, loses to a plain value: some builders have little memory.
      fleet.swap.percent = lib.mkOverride 900 75;

      users.users.builder = {
        isSystemUser = true;
        group = "builder";
        description = "Remote builds";
      };
      users.groups.builder = { };
    };
}
