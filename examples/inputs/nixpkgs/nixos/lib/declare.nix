# Options on one line each: the declarations that modules make most often, without the words that would always be the same.
lib:
let
  inherit (lib) mkOption;
  inherit (lib.types) attrsOf bool lines listOf nullOr str submodule;
in
rec {
  # Somebody has to say it; or it is as written here until somebody says otherwise.
  needs = type: description: mkOption { inherit description type; };
  has = type: default: description: mkOption { inherit default description type; };

  switch = has bool;
  maybe = type: has (nullOr type) null;
  names = has (listOf str) [ ];
  text = has lines "";
  packages = has (listOf lib.types.package) [ ];
  # A set of things that are made alike: `module` has their options.
  several = module: has (attrsOf (submodule module)) { };
}
