# The options of systemd units: what all have, and what services, timers, sockets, targets and mounts have beside it.
{ lib }:
let
  inherit (import ./declare.nix lib) has names needs switch text;
  inherit (lib.types) attrsOf bool coercedTo commas enum int listOf nullOr oneOf package path singleLineStr str unspecified;

  section =
    name:
    has (attrsOf (nullOr (oneOf [ bool int str path package (listOf (oneOf [ str path int ])) ]))) { }
      "Lines of the section `[${name}]`.";
in
rec {
  common = {
    enable = switch true "Whether the unit may be started; one that is disabled links to `/dev/null`.";
    description = has singleLineStr "" "What the unit is, in a few words.";
    documentation = names "Where the unit is documented.";
    requires = names "Units that are started with this one, and whose failure stops it.";
    wants = names "Units that are started with this one.";
    after = names "Units that must have started before this one.";
    before = names "Units that wait for this one.";
    bindsTo = names "Units whose end ends this one.";
    partOf = names "Units whose stop or restart this one follows.";
    conflicts = names "Units that cannot run beside this one.";
    requiredBy = names "Units that require this one.";
    wantedBy = names "Units, mostly targets, that want this one.";
    unitConfig = section "Unit";
    overrideStrategy = has (enum [ "asDropinIfExists" "asDropin" ]) "asDropinIfExists" "Whether it replaces the unit of a package.";
  };

  service = common // {
    environment = has (attrsOf (nullOr (oneOf [ str path package ]))) { } "Environment variables of its processes.";
    path = has (listOf (oneOf [ package str ])) [ ] "Packages whose programs it finds.";
    serviceConfig = section "Service";
    script = text "What its main process runs.";
    preStart = text "What runs before the main process.";
    postStart = text "What runs when the main process has started.";
    preStop = text "What stops it.";
    restartIfChanged = switch true "Whether switching to a new configuration restarts it when its unit has changed.";
    restartTriggers = has (listOf unspecified) [ ] "Values whose change restarts it.";
    startAt = has (coercedTo str lib.singleton (listOf str)) [ ] "Times at which a timer starts it." // {
      example = "daily";
    };
  };
  timer = common // { timerConfig = section "Timer"; };
  socket = common // {
    listenStreams = names "Addresses that it listens on.";
    socketConfig = section "Socket";
  };
  target = common;
  mount = common // {
    what = needs str "The device or share that is mounted.";
    where = needs str "The directory where it is mounted.";
    type = has str "auto" "The type of the file system.";
    options = has commas "" "How it is mounted.";
  };
}
