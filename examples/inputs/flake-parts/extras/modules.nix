# `flake.modules.CLASS.NAME`: modules of any class, by name. Definitions of one name add up, so many files may write parts
# of one module.
{ lib, moduleLocation, ... }:
let
  inherit (lib) mapAttrs mkOption types;
  inherit (lib.strings) escapeNixIdentifier;

  # Errors and `definitionsWithLocations` then name the output. It must be a function: a submodule that takes attribute sets
  # for configuration would otherwise not see a module in it.
  named =
    class: name: module:
    { ... }:
    {
      _class = class;
      _file = "${toString moduleLocation}#modules.${escapeNixIdentifier class}.${escapeNixIdentifier name}";
      imports = [ module ];
    };

  # `generic` modules are for every class, so they must not carry one.
  publish = class: if class == "generic" then modules: modules else mapAttrs (named class);
in
{
  options.flake.modules = mkOption {
    type = types.lazyAttrsOf (types.lazyAttrsOf types.deferredModule);
    default = { };
    apply = mapAttrs publish;
    description = "Modules by class (`nixos`, `darwin`, `homeManager`, …; `generic` for any) and name.";
  };
}
