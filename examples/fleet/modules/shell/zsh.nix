# The shell, on all three levels in one place: the machines offer it, and homes configure it.
let
  # Of the machine and of the home: an alias that only one of them had would surprise.
  aliases.ll = "ls -l";
in
{
  flake.modules.nixos.zsh =
    { pkgs, ... }:
    {
      programs.zsh.enable = true;
      environment.shellAliases = aliases;
      users.defaultUserShell = pkgs.zsh;
    };

  flake.modules.darwin.zsh =
    { pkgs, ... }:
    {
      programs.zsh.enable = true;
      environment.shellAliases = aliases;
      environment.shells = [ pkgs.zsh ];
    };

  flake.modules.homeManager.zsh =
    { config, lib, ... }:
    {
      programs.zsh.enable = true;
      programs.zsh.shellAliases = aliases // {
        g = "git";
      };
      programs.zsh.history.size = lib.mkIf config.programs.git.enable 50000;
    };
}
