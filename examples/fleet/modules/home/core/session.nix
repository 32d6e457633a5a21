# What every shell of a home starts with.
{
  flake.modules.homeManager.core =
    { lib, pkgs, ... }:
    {
      home.sessionVariables = {
        EDITOR = lib.mkDefault "vim";
        PAGER = "less";
      };
      home.packages = [ pkgs.jq ];
    };
}
