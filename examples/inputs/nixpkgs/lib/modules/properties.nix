# The properties that a definition may be wrapped in: a condition, a priority, an order, several at once.
{ lib }:
let
  inherit (builtins) any;
  inherit (lib) warn;

  property = _type: parts: parts // { inherit _type; };
  ranked = kind: priority: content: property kind { inherit content priority; };

  mkIf = condition: content: property "if" { inherit content condition; };
  mkMerge = contents: property "merge" { inherit contents; };
  mkAssert =
    assertion: message:
    mkIf (assertion || throw "\nFailed assertion: ${message}");
  mkDefinition = { file, value, ... }@parts: property "definition" parts;

  # The lower, the stronger.
  mkOverride = ranked "override";
  mkVMOverride = mkOverride 10;
  mkForce = mkOverride 50;
  mkImageMediaOverride = mkOverride 60;
  mkDefault = mkOverride 1000;
  mkOptionDefault = mkOverride 1500;

  # The lower, the earlier.
  mkOrder = ranked "order";
  mkBefore = mkOrder 500;
  mkAfter = mkOrder 1500;

  mkFixStrictness = warn "lib.mkFixStrictness does nothing any more: it gives its argument back." (unchanged: unchanged);
in
{
  inherit
    mkAfter
    mkAssert
    mkBefore
    mkDefault
    mkDefinition
    mkFixStrictness
    mkForce
    mkIf
    mkImageMediaOverride
    mkMerge
    mkOptionDefault
    mkOrder
    mkOverride
    mkVMOverride
    ;
}
