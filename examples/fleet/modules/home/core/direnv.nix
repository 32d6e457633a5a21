# Environments by directory.
{
  flake.modules.homeManager.core = {
    programs.direnv.enable = true;
  };
}
