# The `flake` option: the outputs. Any attribute may be set once; those with a declared option merge.
{ config, lib, options, ... }:
let
  inherit (lib) mkOption types;

  undeclared = types.unique {
    message = "No option is declared for this flake output, so that it can be defined only once.";
  } types.raw;
in
{
  options.flake = mkOption {
    type = types.submoduleWith { modules = [ { freeformType = types.lazyAttrsOf undeclared; } ]; };
    description = "The outputs of the flake.";
  };

  options.processedFlake = mkOption {
    type = types.raw;
    readOnly = true;
    # Modules may define it to change what leaves the flake without changing what other modules see.
    apply = if options.processedFlake.isDefined then outputs: outputs else _: config.flake;
    description = "What `mkFlake` returns: `flake`, unless a module defines something else.";
  };
}
