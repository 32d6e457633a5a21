# What must hold of a configuration, what is worth saying about it, and who looks after its modules. The whole system
# (`system.build.toplevel`) acts on the first two.
{ lib, ... }:
let
  inherit (import ../../lib/declare.nix lib) has names;
  inherit (lib.types) listOf unspecified;
in
{
  options = {
    assertions = has (listOf unspecified) [ ] "Conditions that must hold, each with what is said when one does not." // {
      internal = true;
      example = [
        {
          assertion = false;
          message = "a and b cannot both be on";
        }
      ];
    };
    warnings = names "What is said whenever the configuration is used." // {
      internal = true;
    };
    meta.maintainers = has (listOf unspecified) [ ] "Who looks after the modules in use." // {
      internal = true;
    };
  };
}
