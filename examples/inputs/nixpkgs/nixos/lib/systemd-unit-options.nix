# The options of systemd units, shared by services, timers, sockets, targets and mounts.
{ lib }:
let
  inherit (lib) mkOption types;
  names =
    what:
    mkOption {
      type = types.listOf types.str;
      default = [ ];
      description = what;
    };
  settings =
    section: example:
    mkOption {
      type = types.attrsOf (
        types.nullOr (
          types.oneOf [
            types.bool
            types.int
            types.str
            types.path
            types.package
            (types.listOf (types.oneOf [ types.str types.path types.int ]))
          ]
        )
      );
      default = { };
      inherit example;
      description = "Settings of the `[${section}]` section of the unit.";
    };
in
rec {
  common = {
    enable = mkOption {
      type = types.bool;
      default = true;
      description = "Whether the unit may be started; a disabled unit is a link to `/dev/null`.";
    };
    description = mkOption {
      type = types.singleLineStr;
      default = "";
      description = "What the unit is, in a few words.";
    };
    documentation = names "URIs that document the unit.";
    requires = names "Units that are started with this one, and whose failure stops it.";
    wants = names "Units that are started with this one.";
    after = names "Units that must have started before this one.";
    before = names "Units that wait for this one.";
    bindsTo = names "Units whose end ends this one.";
    partOf = names "Units whose stop or restart this one follows.";
    conflicts = names "Units that cannot run beside this one.";
    requiredBy = names "Units that require this one.";
    wantedBy = names "Units, mostly targets, that want this one.";
    unitConfig = settings "Unit" { ConditionPathExists = "/run/ready"; };
    overrideStrategy = mkOption {
      type = types.enum [
        "asDropinIfExists"
        "asDropin"
      ];
      default = "asDropinIfExists";
      description = "Whether the unit replaces one of the package or is put beside it.";
    };
  };
  service = common // {
    environment = mkOption {
      type = types.attrsOf (
        types.nullOr (
          types.oneOf [
            types.str
            types.path
            types.package
          ]
        )
      );
      default = { };
      description = "Environment variables of the service's processes.";
    };
    path = mkOption {
      type = types.listOf (types.oneOf [ types.package types.str ]);
      default = [ ];
      description = "Packages whose programs the service finds in its `PATH`.";
    };
    serviceConfig = settings "Service" { Restart = "always"; };
    script = mkOption {
      type = types.lines;
      default = "";
      description = "Shell commands that are the service's main process.";
    };
    preStart = mkOption {
      type = types.lines;
      default = "";
      description = "Shell commands that run before the main process.";
    };
    postStart = mkOption {
      type = types.lines;
      default = "";
      description = "Shell commands that run after the main process has started.";
    };
    preStop = mkOption {
      type = types.lines;
      default = "";
      description = "Shell commands that stop the service.";
    };
    restartIfChanged = mkOption {
      type = types.bool;
      default = true;
      description = "Whether a switch to a new configuration restarts the service when its unit changed.";
    };
    restartTriggers = mkOption {
      type = types.listOf types.unspecified;
      default = [ ];
      description = "Values whose change restarts the service.";
    };
    startAt = mkOption {
      type = types.coercedTo types.str lib.singleton (types.listOf types.str);
      default = [ ];
      example = "daily";
      description = "Calendar times at which a timer starts the service.";
    };
  };
  timer = common // {
    timerConfig = settings "Timer" { OnCalendar = "daily"; };
  };
  socket = common // {
    listenStreams = names "Addresses that the socket listens on.";
    socketConfig = settings "Socket" { Accept = true; };
  };
  target = common;
  mount = common // {
    what = mkOption {
      type = types.str;
      description = "The device or share that is mounted.";
    };
    where = mkOption {
      type = types.str;
      description = "The directory where it is mounted.";
    };
    type = mkOption {
      type = types.str;
      default = "auto";
      description = "The type of the file system.";
    };
    options = mkOption {
      type = types.commas;
      default = "";
      description = "Mount options.";
    };
  };
}
