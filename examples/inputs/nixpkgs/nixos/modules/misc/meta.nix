# Who looks after a module, and where its documentation is: information beside the configuration.
{ lib, ... }:
{
  options.meta = {
    maintainers = lib.mkOption {
      type = lib.types.listOf lib.types.unspecified;
      internal = true;
      default = [ ];
      description = "People who look after the modules that are in use.";
    };
    doc = lib.mkOption {
      type = lib.types.nullOr lib.types.path;
      internal = true;
      default = null;
      description = "A file with documentation of a module.";
    };
  };
}
