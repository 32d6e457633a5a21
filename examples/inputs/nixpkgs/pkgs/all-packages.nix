# What a file per package cannot say: variants of one definition, sets of packages, and names for defaults.
final: prev:
let
  inherit (final) lib callPackage;
in
{
  runtimeShell = "${final.bash}/bin/bash";
  runtimeShellPackage = final.bash;
  bashInteractive = final.bash.overrideAttrs { pname = "bash-interactive"; };
  bashNonInteractive = final.bash;
  cacert = callPackage ./data/cacert.nix { };
  tzdata = callPackage ./data/tzdata.nix { };

  # ---- The kernel and what is built for it ----

  linux_6_12 = callPackage ./kernel/linux.nix { version = "6.12.60"; };
  linux_6_17 = callPackage ./kernel/linux.nix { version = "6.17.9"; };
  linuxPackagesFor =
    kernel:
    lib.makeScope final.newScope (self: {
      inherit kernel;
      kernelModuleMakeFlags = [ "KVER=${kernel.modDirVersion}" ];
      zfs = self.callPackage ./kernel/zfs.nix { };
      wireguard = null;
      nvidia_x11 = self.callPackage ./kernel/nvidia.nix { };
      nvidiaPackages = {
        stable = self.nvidia_x11;
        production = self.nvidia_x11;
      };
    });
  linuxPackages_6_12 = lib.recurseIntoAttrs (final.linuxPackagesFor final.linux_6_12);
  linuxPackages_6_17 = lib.recurseIntoAttrs (final.linuxPackagesFor final.linux_6_17);
  linuxPackages = final.linuxPackages_6_12;
  linuxPackages_latest = final.linuxPackages_6_17;
  linux = final.linuxPackages.kernel;
  linux_latest = final.linuxPackages_latest.kernel;
  linux-firmware = callPackage ./data/linux-firmware.nix { };
  microcodeAmd = final.linux-firmware;
  microcodeIntel = final.linux-firmware;

  # ---- Databases ----

  postgresql_16 = callPackage ./databases/postgresql.nix { version = "16.11"; };
  postgresql_17 = callPackage ./databases/postgresql.nix { version = "17.7"; };
  postgresql_18 = callPackage ./databases/postgresql.nix { version = "18.1"; };
  postgresql = final.postgresql_17;

  # ---- Languages ----

  python313 = final.python3;
  python3Packages = lib.recurseIntoAttrs (
    lib.makeScope final.newScope (self: {
      python = final.python3;
      requests = self.callPackage ./python/requests.nix { };
      pyyaml = self.callPackage ./python/pyyaml.nix { };
    })
  );
  python313Packages = final.python3Packages;

  # ---- Variants ----

  nginxStable = final.nginx;
  nginxMainline = final.nginx.overrideAttrs { version = "1.29.4"; };
  systemdMinimal = final.systemd.overrideAttrs { pname = "systemd-minimal"; };
  docker_28 = final.docker.overrideAttrs { version = "28.5.2"; };
  ollama-cuda = final.ollama.overrideAttrs { pname = "ollama-cuda"; };
  nixVersions = lib.recurseIntoAttrs {
    stable = final.nix;
    latest = final.nix;
    nix_2_32 = final.nix.overrideAttrs { version = "2.32.4"; };
  };
  nerd-fonts = lib.recurseIntoAttrs {
    fira-code = callPackage ./data/nerd-font.nix { font = "FiraCode"; };
    jetbrains-mono = callPackage ./data/nerd-font.nix { font = "JetBrainsMono"; };
  };
}
