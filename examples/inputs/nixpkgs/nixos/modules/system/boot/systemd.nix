# systemd: units as options, turned into unit files and gathered into one directory.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.systemd;
  unitOptions = import ../../../lib/systemd-unit-options.nix { inherit lib; };
  systemdLib = import ../../../lib/systemd-lib.nix { inherit lib pkgs config; };
  unitSet =
    options: what:
    mkOption {
      default = { };
      description = "${what} by name.";
      type = types.attrsOf (types.submodule { inherit options; });
    };
  rendered =
    suffix: text:
    lib.mapAttrs' (
      name: u:
      lib.nameValuePair "${name}.${suffix}" {
        inherit (u) enable wantedBy requiredBy;
        text = text name u;
      }
    );
  unitModule =
    { name, config, ... }:
    {
      options = {
        text = mkOption {
          type = types.nullOr types.str;
          default = null;
          description = "The contents of the unit file.";
        };
        enable = mkOption {
          type = types.bool;
          default = true;
          description = "Whether the unit may be started.";
        };
        wantedBy = mkOption {
          type = types.listOf types.str;
          default = [ ];
          description = "Units that want this one.";
        };
        requiredBy = mkOption {
          type = types.listOf types.str;
          default = [ ];
          description = "Units that require this one.";
        };
        unit = mkOption {
          internal = true;
          type = types.package;
          description = "The derivation that holds the unit file.";
        };
      };
      config.unit = lib.mkDefault (systemdLib.makeUnit name config);
    };
in
{
  options.systemd = {
    package = lib.mkPackageOption pkgs "systemd" { };
    units = mkOption {
      type = types.attrsOf (types.submodule unitModule);
      default = { };
      description = "All units, as files.";
    };
    services = unitSet unitOptions.service "Services";
    timers = unitSet unitOptions.timer "Timers";
    sockets = unitSet unitOptions.socket "Sockets";
    targets = unitSet unitOptions.target "Targets";
    mounts = mkOption {
      type = types.listOf (types.submodule { options = unitOptions.mount; });
      default = [ ];
      description = "Mounts that systemd makes.";
    };
    user.services = unitSet unitOptions.service "Services of every user's session";
    user.timers = unitSet unitOptions.timer "Timers of every user's session";
    tmpfiles.rules = mkOption {
      type = types.listOf types.str;
      default = [ ];
      example = [ "d /tmp 1777 root root 10d" ];
      description = "Rules for files and directories that are made at boot.";
    };
    network.enable = mkOption {
      type = types.bool;
      default = config.networking.useNetworkd;
      defaultText = lib.literalExpression "config.networking.useNetworkd";
      description = "Whether systemd-networkd runs.";
    };
    network.networks = mkOption {
      type = types.attrsOf (types.attrsOf types.anything);
      default = { };
      description = "Networks of systemd-networkd, by file name.";
    };
    enableEmergencyMode = mkOption {
      type = types.bool;
      default = true;
      description = "Whether a failed boot ends at a console.";
    };
    coredump.enable = mkOption {
      type = types.bool;
      default = true;
      description = "Whether crashes of programs are kept.";
    };
  };
  config = {
    systemd.units = lib.mkMerge [
      (rendered "service" systemdLib.serviceText cfg.services)
      (rendered "timer" systemdLib.timerText cfg.timers)
      (rendered "socket" systemdLib.socketText cfg.sockets)
      (rendered "target" systemdLib.targetText cfg.targets)
      (lib.listToAttrs (
        map (
          m:
          lib.nameValuePair "${lib.replaceStrings [ "/" ] [ "-" ] (lib.removePrefix "/" m.where)}.mount" {
            inherit (m) wantedBy requiredBy;
            text = systemdLib.mountText m.where m;
          }
        ) cfg.mounts
      ))
    ];
    systemd.timers = builtins.mapAttrs (_: s: {
      wantedBy = [ "timers.target" ];
      timerConfig.OnCalendar = s.startAt;
    }) (lib.filterAttrs (_: s: s.enable && s.startAt != [ ]) cfg.services);
    systemd.targets = {
      multi-user.description = "Multi-User System";
      network-online.description = "Network is Online";
    };
    systemd.services.systemd-networkd = lib.mkIf cfg.network.enable {
      description = "Network Configuration";
      wantedBy = [ "multi-user.target" ];
      serviceConfig.ExecStart = "${cfg.package}/lib/systemd/systemd-networkd";
    };
    environment.systemPackages = [ cfg.package ];
    environment.etc = {
      "systemd/system".source = systemdLib.generateUnits cfg.units;
      "tmpfiles.d/00-nixos.conf".text = lib.concatLines cfg.tmpfiles.rules;
      "systemd/coredump.conf".text = "[Coredump]\nStorage=${if cfg.coredump.enable then "external" else "none"}\n";
    }
    // lib.mapAttrs' (
      name: u: lib.nameValuePair "systemd/user/${name}.service" { text = systemdLib.serviceText name u; }
    ) cfg.user.services
    // lib.mapAttrs' (
      name: u: lib.nameValuePair "systemd/user/${name}.timer" { text = systemdLib.timerText name u; }
    ) cfg.user.timers
    // lib.optionalAttrs cfg.network.enable (
      lib.mapAttrs' (
        name: n: lib.nameValuePair "systemd/network/${name}.network" { text = builtins.toJSON n; }
      ) cfg.network.networks
    );
  };
}
