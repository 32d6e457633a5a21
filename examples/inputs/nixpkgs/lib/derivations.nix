# Derivations that are described before they are known, and those that are only there under a condition.
{ lib }:
rec {
  inherit (builtins) addDrvOutputDependencies unsafeDiscardOutputDependency;

  # Answers `meta` and friends without evaluating the derivation behind it.
  lazyDerivation =
    {
      derivation,
      meta ? null,
      passthru ? { },
      outputs ? [ "out" ],
    }:
    let
      checked =
        lib.throwIfNot (derivation.type or null == "derivation")
          "lazyDerivation: input must be a derivation."
          derivation;
    in
    {
      type = "derivation";
      inherit (checked)
        outputName
        drvPath
        name
        system
        ;
      outPath = checked.outPath;
      meta = if meta == null then checked.meta else meta;
      inherit outputs;
    }
    // lib.genAttrs outputs (name: checked.${name})
    // passthru;

  optionalDrvAttr = cond: value: if cond then value else null;

  warnOnInstantiate =
    message: drv:
    let
      warned = removeAttrs drv [ "meta" "name" "type" "outputName" ];
    in
    drv // builtins.mapAttrs (_: lib.warn message) warned;
}
