# The inventory: machines with their tags, and instances of services with the machines that have a role in them.
{ config, lib, ... }:
let
  inherit (lib) attrNames filterAttrs genAttrs mkOption types;

  # What the service makes of it is checked there, by the interface of the role.
  settings = mkOption {
    type = types.lazyAttrsOf types.anything;
    default = { };
    description = "Settings of the role, as its interface declares them.";
  };

  targets = what: coerce: mkOption {
    type = coerce (types.attrsOf (types.submodule { options = { inherit settings; }; }));
    default = { };
    description = "The ${what} that have the role.";
  };
  fromNames = types.coercedTo (types.listOf types.str) (names: genAttrs names (_: { }));

  role.options = {
    machines = targets "machines" fromNames;
    tags = targets "tags whose machines" fromNames;
    inherit settings;
    extraModules = mkOption {
      type = types.listOf types.deferredModule;
      default = [ ];
      description = "Modules for the machines that have the role, beside those of the service.";
    };
  };

  machine =
    { name, ... }:
    {
      options = {
        name = mkOption {
          type = types.str;
          default = name;
          description = "The name of the machine.";
        };
        description = mkOption {
          type = types.nullOr types.str;
          default = null;
          description = "What the machine is.";
        };
        machineClass = mkOption {
          type = types.enum [
            "nixos"
            "darwin"
          ];
          default = "nixos";
          description = "What builds its configuration.";
        };
        tags = mkOption {
          type = types.listOf types.str;
          default = [ ];
          description = "Names of groups that the machine is in.";
        };
        installedAt = mkOption {
          type = types.nullOr types.int;
          default = null;
          description = "When it was installed, in seconds since 1970.";
        };
        deploy = {
          targetHost = mkOption {
            type = types.nullOr types.str;
            default = null;
            description = "Where to reach it by ssh: `user@host`.";
          };
          buildHost = mkOption {
            type = types.nullOr types.str;
            default = null;
            description = "Where to build it, when not on itself.";
          };
        };
      };
    };

  instance =
    { name, ... }:
    {
      options = {
        module = {
          name = mkOption {
            type = types.str;
            default = name;
            description = "The service.";
          };
          input = mkOption {
            type = types.nullOr types.str;
            default = null;
            description = "The flake input that has the service: null for clan-core, `self` for the fleet's own.";
          };
        };
        roles = mkOption {
          type = types.attrsOf (types.submodule role);
          default = { };
          description = "The roles of the service, with the machines that have them.";
        };
      };
    };

  machinesWhere = holds: attrNames (filterAttrs (_: holds) config.machines);
  tagNames = lib.unique (lib.concatMap (machine: machine.tags) (lib.attrValues config.machines));
in
{
  options = {
    meta = mkOption {
      type = types.lazyAttrsOf types.anything;
      default = { };
      description = "Name, description and domain of the clan.";
    };
    machines = mkOption {
      type = types.lazyAttrsOf (types.submodule machine);
      default = { };
      description = "The machines.";
    };
    instances = mkOption {
      type = types.attrsOf (types.submodule instance);
      default = { };
      description = "Services in use, by a name of your own.";
    };
    tags = mkOption {
      type = types.lazyAttrsOf (types.listOf types.str);
      description = "The machines of each tag: those that name it, and those listed here.";
    };
  };

  config.tags =
    genAttrs tagNames (tag: machinesWhere (machine: lib.elem tag machine.tags))
    // {
      all = machinesWhere (_: true);
      nixos = machinesWhere (machine: machine.machineClass == "nixos");
      darwin = machinesWhere (machine: machine.machineClass == "darwin");
    };
}
