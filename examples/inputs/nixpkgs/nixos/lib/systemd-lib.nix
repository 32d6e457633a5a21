# From the options of units to unit files: each kind of unit as text, and the derivations that hold them.
{ lib, pkgs }:
let
  inherit (lib) concatMapStrings concatStrings concatStringsSep filterAttrs mapAttrsToList optionalAttrs optionalString toList;

  shown = value: if lib.isBool value then lib.boolToString value else toString value;
  # A list is written as one line per element.
  section =
    name: lines:
    let
      given = filterAttrs (_: value: value != null && value != [ ]) lines;
      line = key: value: "${key}=${shown value}\n";
    in
    optionalString (given != { }) (
      "[${name}]\n" + concatStrings (mapAttrsToList (key: value: concatMapStrings (line key) (toList value)) given) + "\n"
    );

  # Other units in one line, by what they are to this one.
  relations = {
    After = "after";
    Before = "before";
    BindsTo = "bindsTo";
    Conflicts = "conflicts";
    Documentation = "documentation";
    PartOf = "partOf";
    Requires = "requires";
    Wants = "wants";
  };
  unitSection =
    unit: extra:
    section "Unit" (
      {
        Description = if unit.description == "" then null else unit.description;
      }
      // lib.mapAttrs (_: option: if unit.${option} == [ ] then null else concatStringsSep " " unit.${option}) relations
      // unit.unitConfig
      // extra
    );

  # Phases of a service that are scripts, by the line that runs them.
  phases = {
    ExecStartPre = "preStart";
    ExecStart = "script";
    ExecStartPost = "postStart";
    ExecStop = "preStop";
  };
  programOf =
    name: phase: script:
    let
      program = "unit-script-${name}-${phase}";
    in
    "${pkgs.writeShellScriptBin program script}/bin/${program}";

  fileName = name: "unit-${lib.strings.sanitizeDerivationName name}";
in
{
  serviceText =
    name: unit:
    let
      environment = unit.environment // optionalAttrs (unit.path != [ ]) { PATH = lib.makeBinPath unit.path; };
      # When a trigger changes, so does this text, and with it the service.
      triggers = pkgs.writeText "X-Restart-Triggers-${name}" (lib.concatMapStringsSep "\n" toString unit.restartTriggers);
    in
    unitSection unit (optionalAttrs (unit.restartTriggers != [ ]) { X-Restart-Triggers = "${triggers}"; })
    + section "Service" (
      {
        Environment = mapAttrsToList (key: value: builtins.toJSON "${key}=${toString value}") (
          filterAttrs (_: value: value != null) environment
        );
      }
      // lib.mapAttrs (_: phase: programOf name phase unit.${phase}) (filterAttrs (_: phase: unit.${phase} != "") phases)
      // unit.serviceConfig
    );
  timerText = _: unit: unitSection unit { } + section "Timer" unit.timerConfig;
  socketText =
    _: unit:
    unitSection unit { } + section "Socket" (unit.socketConfig // optionalAttrs (unit.listenStreams != [ ]) { ListenStream = unit.listenStreams; });
  targetText = _: unit: unitSection unit { };
  mountText =
    _: unit:
    unitSection unit { }
    + section "Mount" {
      What = unit.what;
      Where = unit.where;
      Type = unit.type;
      Options = unit.options;
    };

  makeUnit =
    name: unit:
    if unit.enable then
      pkgs.runCommandLocal (fileName name) {
        inherit (unit) text;
        passAsFile = [ "text" ];
      } "mkdir $out\ncp $textPath \"$out/${name}\""
    else
      pkgs.runCommandLocal "${fileName name}-disabled" { } "mkdir $out\nln -s /dev/null \"$out/${name}\"";

  # One directory with all units, and the links by which they start each other.
  generateUnits =
    units:
    pkgs.runCommandLocal "system-units" {
      units = map (unit: unit.unit) (lib.attrValues units);
      links = builtins.toJSON (lib.mapAttrs (_: unit: { inherit (unit) requiredBy wantedBy; }) units);
    } "mkdir $out\nfor unit in $units; do cp -s $unit/* $out; done\nlink-units $out \"$links\"";
}
