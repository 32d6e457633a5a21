# A Mac. nixpkgs, nixDarwin: paths of trees. Returns the system's configuration.
{ nixpkgs, nixDarwin }:
(import nixDarwin {
  inherit nixpkgs;
  system = "aarch64-darwin";
  configuration = { pkgs, ... }: {
    environment.systemPackages = with pkgs; [ git ripgrep ];
    fonts.packages = [ pkgs.jetbrains-mono ];
    homebrew = { enable = true; casks = [ "firefox" ]; brews = [ "mas" ]; onActivation.cleanup = "zap"; };
    launchd.user.agents.tidy = { script = "true"; serviceConfig.StartInterval = 60; };
    launchd.daemons.watch.serviceConfig.ProgramArguments = [ "/bin/echo" ];
    nix.linux-builder.enable = true;
    nix.settings.experimental-features = "nix-command flakes";
    programs.zsh.enable = true;
    programs.fish.enable = true;
    security.pam.services.sudo_local.touchIdAuth = true;
    services.yabai = { enable = true; config.layout = "bsp"; };
    services.skhd = { enable = true; skhdConfig = "alt - a : true"; };
    services.tailscale.enable = true;
    system.defaults = { dock.autohide = true; NSGlobalDomain.KeyRepeat = 2; finder.ShowPathbar = true; };
    system.keyboard = { enableKeyMapping = true; remapCapsLockToControl = true; };
    system.primaryUser = "ada";
    system.stateVersion = 6;
    users.users.ada = { name = "ada"; home = "/Users/ada"; };
  };
}).config
