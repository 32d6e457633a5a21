# Option types. A type is an attribute set with a name, a description, a `check` of one value, a `merge` of all definitions
# and the functions that documentation, sub-options and the merging of two declarations need.
#
# `merge` is a function of `loc` and `defs`. A type that has more to tell than a value also has `merge.v2`, which gives the
# first error as data and `valueMeta`: for a submodule its whole evaluation, for a set or a list the same per element.
{ lib }:
let
  core = import ./types/core.nix { inherit lib; };
  part = file: import file { inherit lib core; };
  types =
    {
      inherit (core)
        defaultFunctor
        defaultTypeMerge
        isOptionType
        isType
        mergeTypes
        mkOptionType
        optionDescriptionPhrase
        setType
        ;
    }
    // part ./types/values.nix
    // part ./types/collections.nix
    // part ./types/combinators.nix
    // part ./types/submodules.nix
    // {
      inherit types;
    };
in
types
