# Homes: by themselves, on a Mac, and on a host that builds them with itself. nixpkgs, homeManager: paths of trees.
{ nixpkgs, homeManager }:
let
  pkgsOf = system: import nixpkgs { inherit system; config = { }; overlays = [ ]; };
  alone = system: configuration: (import (homeManager + "/modules") {
    pkgs = pkgsOf system;
    inherit configuration;
  }).activationPackage;

  shell = { pkgs, lib, config, ... }: {
    home.packages = with pkgs; [ jq htop (python3.withPackages (ps: [ ps.rich ])) ];
    home.file.".config/who".text = config.home.username;
    home.file.".local/bin/run" = { executable = true; source = pkgs.writeScript "run" "true"; };
    home.sessionVariables.EDITOR = lib.mkDefault "vim";
    home.stateVersion = "26.05";
    programs = {
      bash = { enable = true; shellAliases.l = "ls"; initExtra = "true"; };
      zsh = { enable = true; autosuggestion.enable = true; oh-my-zsh = { enable = true; plugins = [ "git" ]; }; };
      fish.enable = true;
      git = { enable = true; settings.user.name = "Ada"; };
      neovim = { enable = true; plugins = [ pkgs.vimPlugins.vim-nix { plugin = pkgs.vimPlugins.fzf-vim; config = "let a = 1"; } ]; };
      vim.enable = true;
      tmux = { enable = true; plugins = [ pkgs.tmuxPlugins.sensible ]; };
      starship = { enable = true; settings.add_newline = false; };
      direnv = { enable = true; nix-direnv.enable = true; };
      ssh = { enable = true; enableDefaultConfig = false; matchBlocks."*".compression = true; };
      fzf.enable = true;
      alacritty = { enable = true; settings.font.size = 11.5; };
    };
  };
in
{
  alone = alone "x86_64-linux" {
    imports = [ shell ];
    home = { username = "ada"; homeDirectory = "/home/ada"; };
    programs.firefox = { enable = true; profiles.main = { settings."a.b" = true; search.default = "ddg"; search.force = true; }; };
    programs.emacs = { enable = true; extraPackages = epkgs: [ epkgs.magit ]; };
    services.gpg-agent = { enable = true; defaultCacheTtl = 60; };
    services.syncthing.enable = true;
    systemd.user.services.tidy = { Unit.Description = "tidy"; Service.ExecStart = "/bin/true"; Install.WantedBy = [ "default.target" ]; };
    wayland.windowManager.sway = { enable = true; config.modifier = "Mod4"; };
    wayland.windowManager.hyprland = { enable = true; settings."$mod" = "SUPER"; };
    gtk.enable = true;
    dconf.settings."org/gnome/desktop/interface".color-scheme = "prefer-dark";
    xdg.mimeApps = { enable = true; defaultApplications."text/html" = "firefox.desktop"; };
  };

  mac = alone "aarch64-darwin" {
    imports = [ shell ];
    home = { username = "ada"; homeDirectory = "/Users/ada"; };
    launchd.agents.tidy = { enable = true; config.ProgramArguments = [ "/bin/echo" ]; };
    targets.darwin.defaults.NSGlobalDomain.KeyRepeat = 2;
  };

  onHost = (import ./host-minimal.nix {
    inherit nixpkgs;
    modules = [
      (homeManager + "/nixos")
      {
        home-manager.useGlobalPkgs = true;
        home-manager.useUserPackages = true;
        home-manager.users.ada = shell;
        home-manager.users.bob = { imports = [ shell ]; services.ssh-agent.enable = true; };
        users.users.ada.isNormalUser = true;
        users.users.bob.isNormalUser = true;
      }
    ];
  }).system.build.toplevel;
}
