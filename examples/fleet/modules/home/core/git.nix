# Git for everybody; who they are is in their own content.
{
  flake.modules.homeManager.core =
    { lib, ... }:
    {
      programs.git.enable = true;
      programs.git.settings.init.defaultBranch = lib.mkDefault "main";
    };
}
