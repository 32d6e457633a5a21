# From unit options to unit files: the sections of a unit as text, and the derivation that holds it.
{ lib, pkgs, config }:
let
  show = v: if v == true then "true" else if v == false then "false" else toString v;
  section =
    name: values:
    let
      given = lib.filterAttrs (_: v: v != null && v != [ ]) values;
    in
    lib.optionalString (given != { }) (
      "[${name}]\n"
      + lib.concatStrings (
        lib.mapAttrsToList (key: v: lib.concatMapStrings (x: "${key}=${show x}\n") (lib.toList v)) given
      )
      + "\n"
    );
  joined = xs: if xs == [ ] then null else lib.concatStringsSep " " xs;
  unitSection =
    u:
    section "Unit" (
      {
        Description = if u.description == "" then null else u.description;
        Documentation = joined u.documentation;
        Requires = joined u.requires;
        Wants = joined u.wants;
        After = joined u.after;
        Before = joined u.before;
        BindsTo = joined u.bindsTo;
        PartOf = joined u.partOf;
        Conflicts = joined u.conflicts;
      }
      // u.unitConfig
    );
  makeScript =
    unit: part: text:
    "${pkgs.writeShellScriptBin "unit-script-${unit}-${part}" text}/bin/unit-script-${unit}-${part}";
  execOf =
    name: u: part: key:
    lib.optionalAttrs (u.${part} != "") { ${key} = makeScript name part u.${part}; };
in
rec {
  serviceText =
    name: u:
    let
      environment = u.environment // lib.optionalAttrs (u.path != [ ]) { PATH = lib.makeBinPath u.path; };
    in
    unitSection (
      u
      // {
        unitConfig =
          u.unitConfig
          // lib.optionalAttrs (u.restartTriggers != [ ]) {
            # A change of a trigger changes this text and thereby restarts the service.
            X-Restart-Triggers = "${pkgs.writeText "X-Restart-Triggers-${name}" (
              lib.concatMapStringsSep "\n" toString u.restartTriggers
            )}";
          };
      }
    )
    + section "Service" (
      {
        Environment = lib.mapAttrsToList (k: v: builtins.toJSON "${k}=${toString v}") (
          lib.filterAttrs (_: v: v != null) environment
        );
      }
      // execOf name u "preStart" "ExecStartPre"
      // execOf name u "script" "ExecStart"
      // execOf name u "postStart" "ExecStartPost"
      // execOf name u "preStop" "ExecStop"
      // u.serviceConfig
    );
  timerText = _: u: unitSection u + section "Timer" u.timerConfig;
  socketText =
    _: u:
    unitSection u
    + section "Socket" (u.socketConfig // lib.optionalAttrs (u.listenStreams != [ ]) { ListenStream = u.listenStreams; });
  targetText = _: unitSection;
  mountText = _: u: unitSection u + section "Mount" ({ What = u.what; Where = u.where; Type = u.type; Options = u.options; });

  makeUnit =
    name: unit:
    if unit.enable then
      pkgs.runCommandLocal "unit-${lib.strings.sanitizeDerivationName name}" {
        inherit (unit) text;
        passAsFile = [ "text" ];
      } "mkdir -p $out\ncp $textPath \"$out/${name}\""
    else
      pkgs.runCommandLocal "unit-${lib.strings.sanitizeDerivationName name}-disabled" { } "mkdir -p $out\nln -s /dev/null \"$out/${name}\"";

  # One directory with all units and the links that targets start them by.
  generateUnits =
    units:
    pkgs.runCommandLocal "system-units" {
      units = map (u: u.unit) (lib.attrValues units);
      wantedBy = builtins.toJSON (lib.mapAttrs (_: u: u.wantedBy) units);
      requiredBy = builtins.toJSON (lib.mapAttrs (_: u: u.requiredBy) units);
    } "mkdir -p $out\nfor unit in $units; do cp -s $unit/* $out; done\nlink-units $out \"$wantedBy\" \"$requiredBy\"";
}
