# Facts that a home must satisfy, and things worth saying about it.
{ lib, ... }:
let
  inherit (lib) mkOption types;
in
{
  options = {
    assertions = mkOption {
      type = types.listOf types.unspecified;
      internal = true;
      default = [ ];
      description = "Conditions that must hold, each with the message that is shown when it does not.";
    };
    warnings = mkOption {
      type = types.listOf types.str;
      internal = true;
      default = [ ];
      description = "Texts that are shown when the home is evaluated.";
    };
    meta.maintainers = mkOption {
      type = types.listOf types.unspecified;
      internal = true;
      default = [ ];
      description = "People who look after the modules that are in use.";
    };
  };
}
