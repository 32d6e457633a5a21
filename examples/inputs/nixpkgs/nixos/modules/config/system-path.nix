# The packages that are in everyone's path, and whether they come with their manuals.
{ config, lib, pkgs, ... }:
let
  inherit (import ../../lib/declare.nix lib) has names needs packages switch;
  inherit (lib.types) listOf package;
  cfg = config.environment;
  withManuals = config.documentation.enable && config.documentation.man.enable;
in
{
  options = {
    environment = {
      systemPackages = packages "Packages in the path of every user." // {
        example = lib.literalExpression "[ pkgs.git pkgs.htop ]";
      };
      defaultPackages = has (listOf package) [ pkgs.perl pkgs.rsync ] "Packages that are there unless somebody says otherwise.";
      corePackages = has (listOf package) (map lib.lowPrio (with pkgs; [
        bashInteractive coreutils curl findutils gawk gnugrep gnused gnutar gzip iproute2 kmod less ncurses shadow util-linux
      ])) "Packages that one repairs a system with.";
      pathsToLink = names "Directories of packages that appear in `/run/current-system/sw`.";
      extraOutputsToInstall = names "Further outputs of the packages, such as `doc`.";
    };
    documentation = {
      enable = switch true "Whether packages bring their documentation.";
      man.enable = switch true "Whether manuals are there, and the command that shows them.";
    };
    system.path = needs package "All system packages together." // {
      internal = true;
    };
  };
  config = {
    environment.systemPackages = lib.mkMerge [
      (cfg.corePackages ++ cfg.defaultPackages)
      (lib.mkIf withManuals [ pkgs.man-db ])
    ];
    environment.pathsToLink = [ "/bin" "/etc/xdg" "/lib" "/sbin" "/share" ];
    system.path = pkgs.buildEnv {
      name = "system-path";
      ignoreCollisions = true;
      paths = cfg.systemPackages;
      inherit (cfg) pathsToLink;
      extraOutputsToInstall = cfg.extraOutputsToInstall ++ lib.optional withManuals "man";
    };
  };
}
