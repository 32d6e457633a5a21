# The packages that a line of packages.nix cannot say: kernels and what is built for one, variants of a package, old names.
final: prev:
let
  # Which names there are must not depend on the finished set.
  inherit (prev) lib;
  inherit (final) callPackage;
  variant = package: changes: package.overrideAttrs changes;
  gone = name: advice: throw "'${name}' has been removed: ${advice}";
in
{
  runtimeShell = "${final.bash}/bin/bash";
  bashInteractive = variant final.bash { pname = "bash-interactive"; };
  ollama-cuda = variant final.ollama { pname = "ollama-cuda"; };

  linux_6_12 = callPackage ./kernel/linux.nix { version = "6.12.60"; };
  linux_6_17 = callPackage ./kernel/linux.nix { version = "6.17.9"; };
  linuxPackagesFor =
    kernel:
    lib.makeScope final.newScope (scope: {
      inherit kernel;
      nvidia_x11 = scope.callPackage ./kernel/nvidia.nix { };
    });
  linuxPackages = final.linuxPackagesFor final.linux_6_12;
  linuxPackages_latest = final.linuxPackagesFor final.linux_6_17;
  microcodeAmd = final.linux-firmware;
  microcodeIntel = final.linux-firmware;

  postgresql_17 = callPackage ./postgresql.nix { version = "17.7"; };
  postgresql_18 = callPackage ./postgresql.nix { version = "18.1"; };
  postgresql = final.postgresql_17;
}
// lib.optionalAttrs prev.config.allowAliases {
  exa = gone "exa" "nobody maintains it; 'eza' is what it has become";
  nixFlakes = final.nix;
}
