# The packages that are in everyone's path.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.environment;
  # What a person needs to repair a system that has nothing else.
  required = map lib.lowPrio [
    pkgs.bashInteractive
    pkgs.coreutils
    pkgs.curl
    pkgs.findutils
    pkgs.gawk
    pkgs.gnugrep
    pkgs.gnused
    pkgs.gnutar
    pkgs.gzip
    pkgs.iproute2
    pkgs.kmod
    pkgs.less
    pkgs.ncurses
    pkgs.shadow
    pkgs.util-linux
  ];
in
{
  options.environment = {
    systemPackages = mkOption {
      type = types.listOf types.package;
      default = [ ];
      example = lib.literalExpression "[ pkgs.firefox pkgs.thunderbird ]";
      description = "Packages that are in the path of every user.";
    };
    defaultPackages = mkOption {
      type = types.listOf types.package;
      default = [
        pkgs.perl
        pkgs.rsync
      ];
      defaultText = lib.literalExpression "[ pkgs.perl pkgs.rsync ]";
      description = "Packages that are there unless someone says otherwise; none of them is needed.";
    };
    corePackages = mkOption {
      type = types.listOf types.package;
      default = required;
      defaultText = lib.literalExpression "the tools for repairing a system";
      description = "Packages that a system needs to be usable at all.";
    };
    pathsToLink = mkOption {
      type = types.listOf types.str;
      default = [ ];
      example = [ "/" ];
      description = "Directories of packages that appear in `/run/current-system/sw`.";
    };
    extraOutputsToInstall = mkOption {
      type = types.listOf types.str;
      default = [ ];
      description = "Further outputs of the packages, such as `doc`.";
    };
  };
  options.system.path = mkOption {
    internal = true;
    type = types.package;
    description = "The environment of all system packages.";
  };
  config = {
    environment.systemPackages = cfg.corePackages ++ cfg.defaultPackages;
    environment.pathsToLink = [
      "/bin"
      "/etc/xdg"
      "/lib"
      "/sbin"
      "/share"
    ];
    system.path = pkgs.buildEnv {
      name = "system-path";
      paths = cfg.systemPackages;
      inherit (cfg) pathsToLink;
      ignoreCollisions = true;
      extraOutputsToInstall = cfg.extraOutputsToInstall ++ lib.optional config.documentation.man.enable "man";
    };
  };
}
