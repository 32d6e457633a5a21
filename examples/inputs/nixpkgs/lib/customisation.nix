# Packages as functions: `callPackage` fills arguments from a package set, `makeOverridable` lets a caller change them later.
{ lib }:
let
  inherit (builtins) attrNames intersectAttrs isAttrs mapAttrs;
  inherit (lib) isFunction mirrorFunctionArgs;
in
rec {
  overrideDerivation =
    drv: f:
    let
      changed = derivation (drv.drvAttrs // f drv);
    in
    lib.flip (extendDerivation (builtins.seq drv.drvPath true)) changed (
      {
        meta = drv.meta or { };
        passthru = drv.passthru or { };
      }
      // drv.passthru or { }
      // lib.optionalAttrs (drv ? __spliced) { __spliced = { }; }
    );

  # The result of `f`, and how to call it again: `.override` changes arguments, `.overrideAttrs` what mkDerivation got.
  makeOverridable =
    f:
    mirrorFunctionArgs f (
      args:
      let
        result = f args;
        override = mirrorFunctionArgs f (
          new: makeOverridable f (args // (if isFunction new then new args else new))
        );
        afterwards = change: makeOverridable (mirrorFunctionArgs f (a: change (f a))) args;
      in
      if isAttrs result then
        result
        // {
          inherit override;
          overrideDerivation = change: afterwards (drv: overrideDerivation drv change);
        }
        // lib.optionalAttrs (result ? overrideAttrs) {
          overrideAttrs = change: afterwards (drv: drv.overrideAttrs change);
        }
      else if isFunction result then
        lib.setFunctionArgs result (lib.functionArgs result) // { inherit override; }
      else
        result
    );

  callPackageWith =
    autoArgs: fn: args:
    let
      f = if isFunction fn then fn else import fn;
      wanted = lib.functionArgs f;
      given = intersectAttrs wanted autoArgs // args;
      # An argument with a default may be absent; any other must have come from somewhere.
      missing = attrNames (
        lib.filterAttrs (name: optional: !optional && !(given ? ${name})) wanted
      );
      name = builtins.head missing;
      position =
        let
          at = builtins.unsafeGetAttrPos name (builtins.functionArgs (f.__functor or f));
        in
        if builtins.isPath fn || builtins.isString fn then
          " at ${toString fn}"
        else if at != null then
          " at ${at.file}:${toString at.line}"
        else
          "";
      near =
        let
          known = attrNames autoArgs ++ attrNames args;
          close = lib.sortOn (lib.strings.levenshtein name) (
            lib.filter (lib.strings.levenshteinAtMost 2 name) known
          );
        in
        map (n: "\"${n}\"") (lib.take 3 close);
      hint =
        if near == [ ] then
          ""
        else if builtins.length near == 1 then
          ", did you mean ${builtins.head near}?"
        else
          ", did you mean ${lib.concatStringsSep ", " (lib.init near)} or ${lib.last near}?";
    in
    if missing == [ ] then
      makeOverridable f given
    else
      # An abort rather than a throw: a missing argument is a mistake that `tryEval` should not hide.
      abort "lib.customisation.callPackageWith: Function called without required argument \"${name}\"${position}${hint}";

  callPackagesWith =
    autoArgs: fn: args:
    let
      f = if isFunction fn then fn else import fn;
      given = intersectAttrs (lib.functionArgs f) autoArgs // args;
      called = f given;
    in
    mapAttrs (
      name: pkg:
      if isAttrs pkg then
        pkg
        // {
          override = mirrorFunctionArgs f (
            new: (callPackagesWith autoArgs f (given // (if isFunction new then new given else new))).${name}
          );
        }
      else
        pkg
    ) called;

  # `condition` is checked before any output is used; `passthru` joins the derivation and each of its outputs.
  extendDerivation =
    condition: passthru: drv:
    let
      outputs = drv.outputs or [ "out" ];
      common =
        drv
        // builtins.listToAttrs outputsList
        // { all = map (o: o.value) outputsList; }
        // passthru;
      outputsList = map (name: {
        inherit name;
        value =
          common
          // {
            inherit (drv.${name}) type outputName;
            outputSpecified = true;
            drvPath =
              assert condition;
              drv.${name}.drvPath;
            outPath =
              assert condition;
              drv.${name}.outPath;
          }
          // lib.optionalAttrs (passthru ? overrideAttrs) {
            overrideAttrs = f: (passthru.overrideAttrs f).${name};
          };
      }) outputs;
    in
    common
    // {
      drvPath =
        assert condition;
        drv.drvPath;
      outPath =
        assert condition;
        drv.outPath;
    };

  # A builder that takes `finalAttrs: { ... }` and adds its own arguments on the way to `constructDrv`.
  extendMkDerivation =
    {
      constructDrv,
      excludeDrvArgNames ? [ ],
      excludeFunctionArgNames ? [ ],
      extendDrvArgs,
      inheritFunctionArgs ? true,
      transformDrv ? lib.id,
    }:
    lib.setFunctionArgs
      (
        fpargs:
        transformDrv (
          constructDrv (
            lib.extends (final: args: removeAttrs args excludeDrvArgNames // extendDrvArgs final args) (
              lib.toFunction fpargs
            )
          )
        )
      )
      (
        removeAttrs (
          lib.functionArgs (extendDrvArgs { })
          // lib.optionalAttrs inheritFunctionArgs (lib.functionArgs constructDrv)
        ) excludeFunctionArgNames
      );

  # A package set of its own inside another: its members see each other first.
  makeScope =
    newScope: f:
    let
      self = {
        newScope = extra: newScope (self // extra);
        callPackage = self.newScope { };
      }
      // f self
      // {
        overrideScope = g: makeScope newScope (lib.extends (lib.toExtension g) f);
        packages = f;
      };
    in
    self;
  hydraJob =
    drv: lib.genAttrs (lib.filter (n: drv ? ${n}) [ "name" "type" "drvPath" "outPath" "system" "meta" ]) (n: drv.${n});
}
