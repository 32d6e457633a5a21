# The standard environment: `mkDerivation`, and the platform that it builds for.
#
# Everything depends on it and it on one bootstrap derivation, so a change of it reaches every package, as in the real world.
{
  config,
  hostPlatform,
  lib,
}:
let
  inherit (hostPlatform) system;
  refusals = import ./check-meta.nix { inherit config hostPlatform lib; };

  bootstrap = derivation {
    name = "bootstrap-tools";
    inherit system;
    builder = "/bin/sh";
    args = [ "-c" "mkdir -p $out/bin" ];
  };
  shell = "${bootstrap}/bin/bash";
  environment = derivation {
    name = "stdenv-${hostPlatform.parsed.kernel.name}";
    inherit system shell;
    builder = shell;
    args = [ ./builder.sh ];
    initialPath = [ bootstrap ];
  };

  titleOf = attrs: attrs.name or "${attrs.pname}-${attrs.version}";

  # Of a call, what describes the package rather than its build.
  aboutPackage = [
    "env"
    "meta"
    "passthru"
    "pos"
  ];

  build =
    attrs:
    let
      given = lib.filterAttrs (_: value: value != null) (removeAttrs attrs aboutPackage);
      dependencies = lib.filterAttrs (name: _: lib.hasSuffix "nputs" name) given;
    in
    derivation (
      given
      // builtins.mapAttrs (_: lib.filter (dependency: dependency != null)) dependencies
      // attrs.env or { }
      // {
        name = lib.strings.sanitizeDerivationName (titleOf attrs);
        inherit system;
        builder = shell;
        args = [ "-e" (attrs.builder or ./builder.sh) ];
        stdenv = environment;
        outputs = attrs.outputs or [ "out" ];
      }
    );

  # Where the package is written: at its version, if it does not say.
  placeOf = attrs: attrs.pos or (builtins.unsafeGetAttrPos (if attrs ? version then "version" else "name") attrs);

  package =
    overrideAttrs: attrs:
    let
      described = refusals.describe (titleOf attrs) (placeOf attrs) attrs;
    in
    lib.extendDerivation described.allowed (
      {
        inherit overrideAttrs stdenv;
        inherit (described) meta;
        passthru = attrs.passthru or { };
        version = attrs.version or "";
      }
      // lib.optionalAttrs (attrs ? pname) { inherit (attrs) pname; }
      // attrs.passthru or { }
    ) (build attrs);

  # `make` gets its own result, so that what a package says of its version follows when somebody overrides that.
  overridable =
    make:
    let
      attrs = make (attrs // { inherit finalPackage overrideAttrs; });
      overrideAttrs = change: overridable (lib.extends (lib.toExtension change) make);
      finalPackage = package overrideAttrs attrs;
    in
    finalPackage;

  stdenv = environment // {
    inherit hostPlatform shell;
    buildPlatform = hostPlatform;
    targetPlatform = hostPlatform;
    inherit (hostPlatform) isAarch64 isDarwin isLinux isx86_64;
    mkDerivation = attrs: overridable (lib.toFunction attrs);
  };
in
stdenv
