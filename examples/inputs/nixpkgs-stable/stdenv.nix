# `mkDerivation` of the stable channel, with the same refusals as everywhere: what is broken, unfree, unsupported or insecure
# throws when its derivation is asked for, and only then.
{
  lib,
  config,
  hostPlatform,
}:
let
  inherit (hostPlatform) system;
  nameOf = attrs: attrs.name or "${attrs.pname}-${attrs.version}";

  bootstrapTools = derivation {
    name = "bootstrap-tools-26.05";
    inherit system;
    builder = "/bin/sh";
    args = [
      "-c"
      "mkdir -p $out/bin"
    ];
  };

  isUnsupported =
    meta:
    (meta ? platforms && !(builtins.elem system meta.platforms))
    || builtins.elem system (meta.badPlatforms or [ ]);
  isUnfree = meta: !(meta.license.free or true);
  isInsecure = meta: (meta.knownVulnerabilities or [ ]) != [ ];

  # Why the package is refused and how to allow it all the same, or null.
  refusal =
    attrs: meta:
    if isUnfree meta && !config.allowUnfree && !((config.allowUnfreePredicate or (_: false)) attrs) then
      {
        why = "has an unfree license (‘${meta.license.shortName}’)";
        allow = "allowUnfree = true;";
      }
    else if meta.broken or false && !config.allowBroken then
      {
        why = "is marked as broken";
        allow = "allowBroken = true;";
      }
    else if isUnsupported meta && !config.allowUnsupportedSystem then
      {
        why = "is not available on the requested hostPlatform:\n  hostPlatform.system = \"${system}\"\n";
        allow = "allowUnsupportedSystem = true;";
      }
    else if isInsecure meta && !(builtins.elem (nameOf attrs) config.permittedInsecurePackages) then
      {
        why = "is marked as insecure";
        allow = "permittedInsecurePackages = [ \"${nameOf attrs}\" ];";
      }
    else
      null;

  mkPackage =
    overrideAttrs: attrs:
    let
      given = attrs.meta or { };
      no = refusal attrs given;
      pos = attrs.pos or (builtins.unsafeGetAttrPos "version" attrs);
      meta =
        given
        // {
          name = nameOf attrs;
          available = no == null;
          broken = given.broken or false;
          unfree = isUnfree given;
          unsupported = isUnsupported given;
          insecure = isInsecure given;
        }
        // lib.optionalAttrs (pos != null) { position = "${pos.file}:${toString pos.line}"; };
      checked =
        no == null
        || throw "Package ‘${nameOf attrs}’ in ${meta.position or "«unknown-file»"} ${no.why}, refusing to evaluate.\n\nTo allow it, set\n  { nixpkgs.config.${no.allow} }\nin the configuration.";
      drv = derivation (
        removeAttrs attrs [
          "meta"
          "passthru"
          "pos"
        ]
        // {
          name = nameOf attrs;
          inherit system;
          builder = "${bootstrapTools}/bin/bash";
          args = [
            "-c"
            "mkdir -p $out"
          ];
        }
      );
      package =
        drv
        // {
          inherit meta overrideAttrs stdenv;
          drvPath =
            assert checked;
            drv.drvPath;
          outPath =
            assert checked;
            drv.outPath;
          out = package;
        }
        // attrs.passthru or { };
    in
    package;

  extensible =
    rattrs:
    let
      attrs = rattrs (attrs // { inherit finalPackage; });
      overrideAttrs = change: extensible (lib.extends (lib.toExtension change) rattrs);
      finalPackage = mkPackage overrideAttrs attrs;
    in
    finalPackage;

  stdenv = {
    inherit hostPlatform system;
    inherit (hostPlatform) isLinux isDarwin;
    buildPlatform = hostPlatform;
    mkDerivation = fnOrAttrs: extensible (if builtins.isFunction fnOrAttrs then fnOrAttrs else _: fnOrAttrs);
  };
in
stdenv
