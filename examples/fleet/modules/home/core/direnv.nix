# Environments by directory.
{
  flake.modules.homeManager.core =
    { lib, ... }:
    {
      programs.direnv.enable = lib.mkDefault true;
    };
}
