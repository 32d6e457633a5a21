# The options of a service (class `clan.service`): its roles, what settings they take, and what they add to a machine.
{ lib, ... }:
let
  inherit (lib) mkOption types;

  # What a role, or the service as a whole, adds to a machine. One of the two is used, by the machine's class.
  machineModules.options = {
    nixosModule = mkOption {
      type = types.deferredModule;
      default = { };
      description = "The module for a NixOS machine.";
    };
    darwinModule = mkOption {
      type = types.deferredModule;
      default = { };
      description = "The module for a nix-darwin machine.";
    };
  };

  deferred = description: mkOption {
    type = types.deferredModuleWith { staticModules = [ machineModules ]; };
    default = { };
    inherit description;
  };

  role.options = {
    description = mkOption {
      type = types.nullOr types.str;
      default = null;
      description = "What machines with the role do.";
    };
    interface = mkOption {
      type = types.deferredModule;
      default = { };
      description = "A module that declares the settings of the role.";
    };
    perInstance = deferred "What the role adds to a machine, once for every instance; gets `settings`, `machine`, `roles`.";
  };
in
{
  options = {
    manifest = {
      name = mkOption {
        type = types.str;
        description = "The name of the service.";
      };
      description = mkOption {
        type = types.str;
        default = "No description";
        description = "What the service does, in a line.";
      };
      categories = mkOption {
        type = types.listOf types.str;
        default = [ "Uncategorized" ];
        description = "Where to list it.";
      };
      readme = mkOption {
        type = types.str;
        default = "";
        description = "What the service does, at length.";
      };
    };
    roles = mkOption {
      type = types.attrsOf (types.submodule role);
      description = "The roles that machines can have.";
    };
    perMachine = deferred "What the service adds to a machine, once for all of its instances.";
  };
}
