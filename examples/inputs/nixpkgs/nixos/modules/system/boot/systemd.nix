# systemd: units as options, which become files, which come together in one directory.
{ config, lib, pkgs, ... }:
let
  inherit (import ../../../lib/declare.nix lib) has maybe names needs several switch;
  inherit (lib) concatMapAttrs mapAttrs nameValuePair types;
  inherit (types) attrsOf anything listOf package str submodule;
  cfg = config.systemd;
  unitOptions = import ../../../lib/systemd-unit-options.nix { inherit lib; };
  unitFiles = import ../../../lib/systemd-lib.nix { inherit lib pkgs; };

  # The kinds of units that are known by name: which options they have, and how they are written.
  kinds = {
    service = unitFiles.serviceText;
    socket = unitFiles.socketText;
    target = unitFiles.targetText;
    timer = unitFiles.timerText;
  };
  unitsOf = kind: several { options = unitOptions.${kind}; } "Units of the kind `${kind}`, by name.";
  asFile = text: unit: {
    inherit (unit) enable requiredBy wantedBy;
    inherit text;
  };
  filesOf = kind: concatMapAttrs (name: unit: { "${name}.${kind}" = asFile (kinds.${kind} name unit) unit; }) cfg."${kind}s";
  mountFile = mount: nameValuePair "${lib.replaceStrings [ "/" ] [ "-" ] (lib.removePrefix "/" mount.where)}.mount" (asFile (unitFiles.mountText null mount) mount);

  unitFile =
    { name, config, ... }:
    {
      options = {
        text = maybe str "What is in the file.";
        enable = switch true "Whether the unit may be started.";
        wantedBy = names "Units that want this one.";
        requiredBy = names "Units that require this one.";
        unit = needs package "The file in the store." // {
          internal = true;
        };
      };
      config.unit = lib.mkDefault (unitFiles.makeUnit name config);
    };
in
{
  options.systemd = {
    package = lib.mkPackageOption pkgs "systemd" { };
    units = several unitFile "All units, as files.";
    services = unitsOf "service";
    sockets = unitsOf "socket";
    targets = unitsOf "target";
    timers = unitsOf "timer";
    mounts = has (listOf (submodule { options = unitOptions.mount; })) [ ] "What systemd mounts.";
    user.services = unitsOf "service";
    user.timers = unitsOf "timer";
    tmpfiles.rules = names "Files and directories that are made when the machine starts." // {
      example = [ "d /tmp 1777 root root 10d" ];
    };
    network.enable = switch config.networking.useNetworkd "Whether systemd-networkd sets up interfaces.";
    network.networks = has (attrsOf (attrsOf anything)) { } "Networks of systemd-networkd, by file.";
    coredump.enable = switch true "Whether programs that crash leave their memory behind.";
  };
  config = {
    systemd.units = lib.mkMerge (map filesOf (lib.attrNames kinds) ++ [ (lib.listToAttrs (map mountFile cfg.mounts)) ]);
    systemd.timers = mapAttrs (_: service: {
      wantedBy = [ "timers.target" ];
      timerConfig.OnCalendar = service.startAt;
    }) (lib.filterAttrs (_: service: service.enable && service.startAt != [ ]) cfg.services);
    systemd.targets.multi-user.description = "Several people can log in";
    systemd.targets.network-online.description = "The network is there";
    systemd.services.systemd-networkd = lib.mkIf cfg.network.enable {
      description = "Interfaces of the network";
      wantedBy = [ "multi-user.target" ];
      serviceConfig.ExecStart = "${cfg.package}/lib/systemd/systemd-networkd";
    };
    environment.systemPackages = [ cfg.package ];
    environment.etc = lib.mkMerge [
      {
        "systemd/system".source = unitFiles.generateUnits cfg.units;
        "systemd/coredump.conf".text = "[Coredump]\nStorage=${if cfg.coredump.enable then "external" else "none"}\n";
        "tmpfiles.d/00-nixos.conf".text = lib.concatLines cfg.tmpfiles.rules;
      }
      (concatMapAttrs (name: unit: { "systemd/user/${name}.service".text = unitFiles.serviceText name unit; }) cfg.user.services)
      (concatMapAttrs (name: unit: { "systemd/user/${name}.timer".text = unitFiles.timerText name unit; }) cfg.user.timers)
      (lib.mkIf cfg.network.enable (
        concatMapAttrs (name: network: { "systemd/network/${name}.network".text = builtins.toJSON network; }) cfg.network.networks
      ))
    ];
  };
}
