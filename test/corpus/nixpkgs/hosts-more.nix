# Hosts from all over NixOS: ways to boot, hardware, unfree packages, configurations within configurations.
{ nixpkgs }:
let
  host = module: import ./host-minimal.nix { inherit nixpkgs; modules = [ module ]; };
in
{
  encrypted = host ({ lib, ... }: {
    boot.loader.grub.enable = false;
    boot.loader.systemd-boot = { enable = true; configurationLimit = 5; memtest86.enable = true; };
    boot.loader.efi.canTouchEfiVariables = true;
    boot.initrd.luks.devices.root = { device = "/dev/disk/by-uuid/1"; allowDiscards = true; };
    boot.initrd.systemd.enable = true;
    boot.initrd.availableKernelModules = [ "nvme" "xhci_pci" ];
    boot.kernelParams = [ "quiet" ];
    boot.plymouth.enable = true;
    fileSystems."/" = lib.mkForce { device = "/dev/mapper/root"; fsType = "btrfs"; options = [ "subvol=root" ]; };
    fileSystems."/boot" = { device = "/dev/disk/by-label/boot"; fsType = "vfat"; };
    swapDevices = [ { device = "/swap"; size = 8192; randomEncryption.enable = true; } ];
    hardware.enableRedistributableFirmware = true;
    hardware.cpu.amd.updateMicrocode = true;
    hardware.bluetooth.enable = true;
    zramSwap.enable = true;
    networking.wireless.iwd.enable = true;
    services.tlp.enable = true;
  });

  zfs = host ({ lib, pkgs, ... }: {
    boot.supportedFilesystems = [ "zfs" "ntfs" ];
    boot.kernelPackages = pkgs.linuxPackages_6_12;
    boot.zfs.extraPools = [ "tank" ];
    networking.hostId = "deadbeef";
    fileSystems."/" = lib.mkForce { device = "rpool/root"; fsType = "zfs"; };
    services.zfs.autoScrub.enable = true;
    services.sanoid = { enable = true; datasets."tank/data".autosnap = true; };
    services.nfs.server = { enable = true; exports = "/tank *(ro)"; };
    services.samba = { enable = true; settings.data.path = "/tank/data"; };
    networking = {
      useNetworkd = true;
      vlans.lan = { id = 10; interface = "eth0"; };
      bridges.br0.interfaces = [ "eth1" ];
      nftables.enable = true;
      firewall.allowedTCPPortRanges = [ { from = 8000; to = 8010; } ];
      wireguard.interfaces.wg0 = {
        ips = [ "10.0.0.1/24" ];
        privateKeyFile = "/run/key";
        peers = [ { publicKey = "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg="; allowedIPs = [ "10.0.0.2/32" ]; } ];
      };
    };
    virtualisation.libvirtd.enable = true;
  });

  gaming = host ({ pkgs, ... }: {
    nixpkgs.config.allowUnfree = true;
    programs.hyprland.enable = true;
    programs.steam = { enable = true; gamescopeSession.enable = true; extraCompatPackages = [ pkgs.proton-ge-bin ]; };
    programs.gamemode.enable = true;
    hardware.graphics = { enable = true; enable32Bit = true; };
    hardware.nvidia.open = false;
    services.xserver.videoDrivers = [ "nvidia" ];
    services.greetd = { enable = true; settings.default_session.command = "Hyprland"; };
    services.pipewire = { enable = true; alsa = { enable = true; support32Bit = true; }; jack.enable = true; };
    services.flatpak.enable = true;
    xdg.portal = { enable = true; extraPortals = [ pkgs.xdg-desktop-portal-gtk ]; };
    fonts.packages = with pkgs; [ noto-fonts nerd-fonts.fira-code ];
    i18n.inputMethod = { enable = true; type = "fcitx5"; fcitx5.addons = [ pkgs.fcitx5-mozc ]; };
    environment.systemPackages = with pkgs; [ discord vscode google-chrome waybar kitty spotify ];
    users.users.ada = { isNormalUser = true; shell = pkgs.zsh; packages = [ pkgs.heroic ]; };
    programs.zsh.enable = true;
  });

  cluster = host {
    services.k3s = { enable = true; role = "server"; extraFlags = "--disable traefik"; };
    services.nginx = {
      enable = true;
      recommendedProxySettings = true;
      virtualHosts."a.example.org" = { enableACME = true; forceSSL = true; locations."/".proxyPass = "http://[::1]:1"; };
    };
    security.acme = { acceptTerms = true; defaults.email = "a@example.org"; };
    services.postgresql.enable = true;
    virtualisation.docker = { enable = true; rootless.enable = true; };
    virtualisation.oci-containers = { backend = "docker"; containers.a = { image = "a"; environment.B = "c"; }; };
    services.etcd.enable = true;
    services.haproxy = { enable = true; config = "defaults"; };
    services.keepalived = { enable = true; vrrpInstances.a = { interface = "eth0"; virtualRouterId = 1; }; };
    nix.buildMachines = [ { hostName = "b"; system = "aarch64-linux"; maxJobs = 2; } ];
    boot.binfmt.emulatedSystems = [ "aarch64-linux" ];
  };

  web = host ({ pkgs, ... }: {
    services.nextcloud = {
      enable = true;
      package = pkgs.nextcloud32;
      hostName = "cloud.example.org";
      config = { adminpassFile = "/run/pass"; dbtype = "pgsql"; };
      database.createLocally = true;
      extraApps = { inherit (pkgs.nextcloud32.packages.apps) calendar contacts; };
    };
    services.matrix-synapse = { enable = true; settings.server_name = "example.org"; };
    services.home-assistant = { enable = true; config.default_config = { }; extraComponents = [ "mqtt" "hue" ]; };
    services.paperless.enable = true;
    services.immich.enable = true;
    services.wordpress.sites."blog.example.org" = { };
    services.httpd.adminAddr = "a@example.org";
    services.wordpress.webserver = "caddy";
    services.postfix.enable = true;
    services.kanidm.package = pkgs.kanidm_1_8 or pkgs.kanidm;
  });

  specialised = host ({ lib, config, ... }: {
    specialisation = {
      desk.configuration = { services.xserver.enable = true; services.displayManager.gdm.enable = true; };
      quiet.configuration = { boot.consoleLogLevel = 0; system.nixos.tags = [ "quiet" ]; };
      fresh = { inheritParentConfig = false; configuration = {
        boot.loader.grub.device = "nodev";
        fileSystems."/".device = "/dev/sdb1";
        fileSystems."/".fsType = "ext4";
        system.stateVersion = "26.05";
      }; };
    };
    environment.etc."who".text = lib.concatStringsSep "," (lib.attrNames config.specialisation);
    boot.kernel.sysctl."net.ipv4.ip_forward" = 1;
  });

  overridden = host ({ lib, pkgs, config, ... }: {
    nixpkgs.overlays = [
      (final: prev: {
        openssh = prev.openssh.overrideAttrs (old: { patches = old.patches or [ ] ++ [ ]; doCheck = false; });
        mine = final.writeShellScriptBin "mine" "exec ${final.hello}/bin/hello";
      })
    ];
    nixpkgs.config.packageOverrides = pkgs: { htop = pkgs.htop.override { sensorsSupport = false; }; };
    environment.systemPackages = [ pkgs.mine pkgs.htop (pkgs.python3.withPackages (ps: [ ps.requests ])) ];
    systemd.services.sshd = {
      serviceConfig = { MemoryMax = "1G"; ExecStartPre = lib.mkBefore [ "${pkgs.coreutils}/bin/true" ]; };
      environment.A = lib.mkForce "b";
      path = [ pkgs.git ];
      preStart = lib.mkAfter "true";
    };
    systemd.user.services.agent = { wantedBy = [ "default.target" ]; script = "sleep 1"; };
    systemd.tmpfiles.rules = [ "d /data 0755 root root -" ];
    systemd.network.networks."10-lan" = { matchConfig.Name = "en*"; networkConfig.DHCP = "yes"; };
    disabledModules = [ "services/misc/jellyfin.nix" ];
    imports = [ {
      options.my.port = lib.mkOption { type = lib.types.port; default = 80; };
      config.my.port = lib.mkOverride 50 8080;
    } ];
    networking.firewall.allowedTCPPorts = [ config.my.port ];
    assertions = [ { assertion = config.my.port != 80; message = "no"; } ];
  });

  nested = host ({ lib, ... }: {
    containers = lib.genAttrs [ "a" "b" ] (name: {
      privateNetwork = true;
      hostAddress = "10.1.0.1";
      localAddress = "10.1.0.2";
      bindMounts."/data" = { hostPath = "/srv/${name}"; isReadOnly = false; };
      config = { pkgs, ... }: {
        services.postgresql = { enable = name == "a"; package = pkgs.postgresql_16; };
        services.redis.servers."".enable = name == "b";
        system.stateVersion = "26.05";
      };
    });
    virtualisation.podman = { enable = true; dockerCompat = true; autoPrune.enable = true; };
    virtualisation.vmVariant.virtualisation.memorySize = 2048;
  });

  # A machine that is built, not installed: images are derivations like others.
  appliance = host ({ modulesPath, ... }: {
    imports = [ (modulesPath + "/profiles/headless.nix") (modulesPath + "/profiles/hardened.nix") ];
    documentation.enable = false;
    services.getty.autologinUser = "root";
    security.sudo-rs.enable = true;
    security.sudo.enable = false;
    security.apparmor.enable = true;
    security.pam.services.login.u2fAuth = true;
    users.mutableUsers = false;
    users.users.root.hashedPassword = "$6$x$y";
    time.timeZone = "Europe/Berlin";
    i18n.defaultLocale = "de_DE.UTF-8";
    console.keyMap = "de";
    system.autoUpgrade = { enable = true; flake = "github:a/b"; };
    nix.settings = { experimental-features = [ "nix-command" "flakes" ]; trusted-users = [ "@wheel" ]; };
    nix.gc = { automatic = true; options = "--delete-older-than 7d"; };
    programs.nh.enable = true;
    programs.git = { enable = true; config.init.defaultBranch = "main"; lfs.enable = true; };
    programs.neovim = { enable = true; defaultEditor = true; };
    programs.tmux = { enable = true; clock24 = true; };
  });
}
