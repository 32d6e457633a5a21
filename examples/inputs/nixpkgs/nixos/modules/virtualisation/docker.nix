# Docker: the daemon and its settings.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.virtualisation.docker;
  format = pkgs.formats.json { };
in
{
  options.virtualisation.docker = {
    enable = mkOption {
      type = types.bool;
      default = false;
      description = "Whether the Docker daemon runs, which manages containers.";
    };
    package = lib.mkPackageOption pkgs "docker" { };
    enableOnBoot = mkOption {
      type = types.bool;
      default = true;
      description = "Whether the daemon starts with the system rather than with its first use.";
    };
    storageDriver = mkOption {
      type = types.nullOr (
        types.enum [
          "btrfs"
          "overlay2"
          "zfs"
        ]
      );
      default = null;
      description = "How images are stored; null lets Docker choose.";
    };
    daemon.settings = mkOption {
      type = types.submodule {
        freeformType = format.type;
        options.live-restore = mkOption {
          type = types.bool;
          default = lib.versionOlder config.system.stateVersion "24.11";
          defaultText = lib.literalExpression ''lib.versionOlder config.system.stateVersion "24.11"'';
          description = "Whether containers survive a restart of the daemon.";
        };
      };
      default = { };
      description = "The contents of `daemon.json`.";
    };
    autoPrune = {
      enable = lib.mkEnableOption "the regular removal of what is unused";
      dates = mkOption {
        type = types.str;
        default = "weekly";
        description = "When it is removed.";
      };
    };
  };
  config = lib.mkIf cfg.enable {
    users.groups.docker.gid = 131;
    environment.systemPackages = [ cfg.package ];
    boot.kernelModules = [
      "bridge"
      "veth"
    ];
    boot.kernel.sysctl."net.ipv4.conf.all.forwarding" = lib.mkOverride 98 true;
    virtualisation.docker.daemon.settings = {
      group = "docker";
      hosts = [ "fd://" ];
      storage-driver = lib.mkIf (cfg.storageDriver != null) cfg.storageDriver;
    };
    systemd.services.docker = {
      description = "Docker Application Container Engine";
      wantedBy = lib.optional cfg.enableOnBoot "multi-user.target";
      path = [
        pkgs.kmod
        pkgs.runc
      ];
      serviceConfig = {
        Type = "notify";
        ExecStart = "${cfg.package}/bin/dockerd --config-file=${format.generate "daemon.json" cfg.daemon.settings}";
      };
    };
    systemd.services.docker-prune = lib.mkIf cfg.autoPrune.enable {
      description = "Prune docker resources";
      startAt = [ cfg.autoPrune.dates ];
      serviceConfig.Type = "oneshot";
      script = "${cfg.package}/bin/docker system prune -f";
    };
  };
}
