# What a package says about itself: changing `meta`, its main program, priorities, and whether a platform is meant.
{ lib }:
let
  # A platform pattern is a system name, or a set whose attributes a host platform must have.
  matches =
    platform: pattern:
    if builtins.isString pattern then
      platform.system or null == pattern
    else
      lib.matchAttrs pattern platform || lib.matchAttrs { parsed = pattern; } platform;
  setPriority =
    priority: drv:
    addMetaAttrs { inherit priority; } drv;
  addMetaAttrs =
    new: drv:
    if drv ? overrideAttrs then
      drv.overrideAttrs (old: {
        meta = old.meta or { } // new;
      })
    else
      drv // { meta = drv.meta or { } // new; };
in
rec {
  inherit addMetaAttrs;
  defaultPriority = 5;
  dontDistribute = addMetaAttrs { hydraPlatforms = [ ]; };
  setName = name: drv: drv // { inherit name; };
  updateName = f: drv: drv // { name = f drv.name; };
  appendToName =
    suffix:
    updateName (
      name:
      let
        parsed = builtins.parseDrvName name;
      in
      "${parsed.name}-${suffix}-${parsed.version}"
    );
  mapDerivationAttrset =
    f: set:
    builtins.mapAttrs (_: v: if lib.isDerivation v then f v else v) set;
  setPrio = setPriority;
  lowPrio = setPrio 10;
  lowPrioSet = mapDerivationAttrset lowPrio;
  hiPrio = setPrio (-10);
  hiPrioSet = mapDerivationAttrset hiPrio;

  platformMatch = matches;
  availableOn =
    platform: pkg:
    (!(pkg ? meta.platforms) || lib.any (matches platform) pkg.meta.platforms)
    && lib.all (pattern: !matches platform pattern) (pkg.meta.badPlatforms or [ ]);

  licensesSpdx = lib.mapAttrs' (_: l: lib.nameValuePair l.spdxId l) (
    lib.filterAttrs (_: l: l ? spdxId) lib.licenses
  );
  getLicenseFromSpdxIdOr =
    id: fallback:
    let
      bySmall = lib.mapAttrs' (name: lib.nameValuePair (lib.toLower name)) licensesSpdx;
    in
    bySmall.${lib.toLower id} or fallback;
  getLicenseFromSpdxId =
    id:
    getLicenseFromSpdxIdOr id (
      lib.warn "getLicenseFromSpdxId: No license matches the given SPDX ID: ${id}" { shortName = id; }
    );

  getExe =
    pkg:
    getExe' pkg (
      pkg.meta.mainProgram or (
        lib.warn
          "getExe: ${lib.strings.escapeNixIdentifier pkg.meta.name or pkg.pname or pkg.name} has no `meta.mainProgram`; its main program is taken to have its own name. Say which it is there, or use `getExe'`."
          (lib.getName pkg)
      )
    );
  getExe' =
    pkg: program:
    assert lib.assertMsg (lib.isDerivation pkg)
      "lib.meta.getExe': The first argument is of type ${builtins.typeOf pkg}, but it should be a derivation instead.";
    assert lib.assertMsg (!lib.hasInfix "/" program)
      "lib.meta.getExe': The second argument \"${program}\" is a nested path with a \"/\" character, but it should just be the name of the executable instead.";
    "${lib.getBin pkg}/bin/${program}";
}
