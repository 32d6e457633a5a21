# The standard environment: `mkDerivation` and the platform that it builds for.
#
# Below it is one bootstrap derivation; everything else depends on it, as in the real collection, so that a change of the
# standard environment reaches every package.
{
  lib,
  config,
  hostPlatform,
}:
let
  inherit (hostPlatform) system;
  checkMeta = import ./check-meta.nix { inherit lib config hostPlatform; };

  bootstrapTools = derivation {
    name = "bootstrap-tools";
    inherit system;
    builder = "/bin/sh";
    args = [
      "-c"
      "mkdir -p $out/bin"
    ];
  };
  shell = "${bootstrapTools}/bin/bash";

  base = derivation {
    name = "stdenv-${hostPlatform.parsed.kernel.name}";
    inherit system shell;
    builder = shell;
    args = [ ./builder.sh ];
    initialPath = [ bootstrapTools ];
  };

  # Attributes of the call that describe the package rather than its build.
  notForTheBuilder = [
    "meta"
    "passthru"
    "pos"
    "env"
    "strictDeps"
  ];
  dependencyLists = [
    "depsBuildBuild"
    "nativeBuildInputs"
    "buildInputs"
    "propagatedNativeBuildInputs"
    "propagatedBuildInputs"
  ];

  nameOf = attrs: attrs.name or "${attrs.pname}-${attrs.version}";

  # Where the package was written, for `meta.position` and messages.
  positionOf =
    attrs:
    let
      description = builtins.unsafeGetAttrPos "description" (attrs.meta or { });
      version = builtins.unsafeGetAttrPos "version" attrs;
    in
    if attrs ? pos then
      attrs.pos
    else if description != null then
      description
    else if version != null then
      version
    else
      builtins.unsafeGetAttrPos "name" attrs;

  builderArguments =
    attrs:
    let
      plain = lib.filterAttrs (_: v: v != null) (removeAttrs attrs notForTheBuilder);
      dependencies = lib.genAttrs dependencyLists (name: lib.filter (d: d != null) (attrs.${name} or [ ]));
    in
    plain
    // dependencies
    // (attrs.env or { })
    // {
      name = lib.strings.sanitizeDerivationName (nameOf attrs);
      inherit system;
      builder = attrs.realBuilder or shell;
      args = attrs.args or [
        "-e"
        (attrs.builder or ./builder.sh)
      ];
      stdenv = base;
      outputs = attrs.outputs or [ "out" ];
      userHook = null;
      __ignoreNulls = true;
    };

  mkPackage =
    overrideAttrs: attrs:
    let
      passthru = attrs.passthru or { };
      validity = checkMeta.validityOf {
        inherit attrs meta;
      };
      meta = checkMeta.fullMeta {
        inherit attrs validity;
        pos = positionOf attrs;
      };
      drv = derivation (builderArguments attrs);
    in
    lib.extendDerivation validity.handled (
      {
        inherit
          meta
          overrideAttrs
          passthru
          stdenv
          ;
        version = attrs.version or "";
      }
      // lib.optionalAttrs (attrs ? pname) { inherit (attrs) pname; }
      // passthru
    ) drv;

  # `finalAttrs` is the set after all overrides, so that a package may refer to its own version.
  extensible =
    rattrs:
    let
      attrs = rattrs (attrs // { inherit finalPackage overrideAttrs; });
      overrideAttrs = change: extensible (lib.extends (lib.toExtension change) rattrs);
      finalPackage = mkPackage overrideAttrs attrs;
    in
    finalPackage;

  stdenv =
    base
    // {
      inherit hostPlatform shell;
      buildPlatform = hostPlatform;
      targetPlatform = hostPlatform;
      inherit (hostPlatform)
        isDarwin
        isLinux
        isAarch64
        isx86_64
        is64bit
        ;
      mkDerivation = fnOrAttrs: extensible (if lib.isFunction fnOrAttrs then fnOrAttrs else _: fnOrAttrs);
      cc = derivation {
        name = "cc-wrapper";
        inherit system;
        builder = shell;
        args = [ ./builder.sh ];
        isClang = hostPlatform.isDarwin;
      };
      hasCC = true;
      override = _: stdenv;
    };
in
stdenv
