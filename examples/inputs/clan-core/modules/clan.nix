# A clan: from machines, inventory and services to one evaluated configuration for every machine.
#
# The module of a machine is the sum of three: what clan adds to every machine, what the inventory's services add to this one,
# and what `machines.NAME` says.
{ clan-core }:
{
  config,
  lib,
  nix-darwin,
  nixpkgs,
  self,
  ...
}:
let
  inherit (builtins) pathExists readDir;
  inherit (lib)
    filterAttrs
    genAttrs
    mapAttrs
    mapAttrs'
    mkOption
    types
    ;

  # The systems that `clan` may be run from: generators run there, not on the machine.
  adminSystems = [
    "aarch64-darwin"
    "aarch64-linux"
    "x86_64-linux"
  ];

  buildSystem = {
    nixos = nixpkgs.lib.nixosSystem;
    darwin = nix-darwin.lib.darwinSystem;
  };

  allMachines = config.inventory.machines;
  isOfClass = class: name: _: allMachines.${name}.machineClass == class;

  servicesFor = import ./distribute.nix {
    inherit lib;
    inherit (config) inventory;
    serviceModules = {
      inherit (config) self;
      own = config.modules;
      core = clan-core.clan.modules;
    };
  };

  ofEveryMachine =
    name: machine:
    { lib, ... }:
    {
      _file = ./clan.nix;
      imports = [
        clan-core."${machine.machineClass}Modules".clanCore
        (import ../machine/files-of.nix {
          inherit name;
          inherit (config) directory;
          class = machine.machineClass;
        })
      ]
      ++ servicesFor name;

      networking.hostName = lib.mkDefault name;
      clan.core.settings = {
        inherit (config) directory;
        inherit (config.meta) name domain;
        machine = { inherit name; };
      };
      clan.core.tags = machine.tags;
      clan.core.networking = {
        targetHost = lib.mkIf (machine.deploy.targetHost != null) (lib.mkDefault machine.deploy.targetHost);
        buildHost = lib.mkIf (machine.deploy.buildHost != null) (lib.mkDefault machine.deploy.buildHost);
      };
    };

  configurationOf =
    extraModules: name: machine:
    buildSystem.${machine.machineClass} {
      modules = [ config.outputs.moduleForMachine.${name} ] ++ extraModules;
      specialArgs = {
        inherit clan-core;
      }
      // config.specialArgs;
    };

  # The same machines, with packages for the system that `clan` runs on: the scripts of generators come from here.
  configurationsFrom =
    system:
    let
      pkgs = config.pkgsForSystem system;
      packagesModule.nixpkgs = {
        hostPlatform = lib.mkForce system;
      }
      // lib.optionalAttrs (pkgs != null) { pkgs = lib.mkForce pkgs; };
    in
    mapAttrs (configurationOf [ packagesModule ]) allMachines;

  configurations = mapAttrs (configurationOf [ ]) allMachines;

  # What JSON can say of a role.
  withoutModules = role: removeAttrs role [ "extraModules" ];

  inventoryFile = "${config.directory}/inventory.json";
  machinesDirectory = "${config.directory}/machines";
in
{
  _class = "clan";

  imports = [
    ./clan-options.nix

    # What the `clan` command has written: dates of installation, and machines that are no more than a directory.
    {
      _file = "inventory.json";
      inventory = lib.optionalAttrs (pathExists inventoryFile) (lib.importJSON inventoryFile);
    }
    {
      inventory.machines = lib.optionalAttrs (pathExists machinesDirectory) (
        mapAttrs (_: _: { }) (filterAttrs (_: kind: kind == "directory") (readDir machinesDirectory))
      );
    }
  ];

  options.outputs.moduleForMachine = mkOption {
    type = types.attrsOf types.deferredModule;
    internal = true;
    description = "The whole module of every machine.";
  };

  config = {
    inherit self;
    inventory.machines = mapAttrs (_: _: { }) config.machines;
    inventory.meta = config.meta;
    specialArgs.self = lib.mkDefault config.self;

    outputs.moduleForMachine = lib.mkMerge [
      (mapAttrs ofEveryMachine allMachines)
      config.machines
    ];

    nixosConfigurations = filterAttrs (isOfClass "nixos") configurations;
    darwinConfigurations = filterAttrs (isOfClass "darwin") configurations;
    nixosModules = mapAttrs' (name: lib.nameValuePair "clan-machine-${name}") (
      filterAttrs (isOfClass "nixos") config.outputs.moduleForMachine
    );

    clanInternals = {
      machines = genAttrs adminSystems configurationsFrom;
      inventoryClass = {
        inherit (config) directory inventory;
        inventorySerialization = {
          inherit (config.inventory) machines meta tags;
          instances = mapAttrs (_: instance: instance // {
            roles = mapAttrs (_: withoutModules) instance.roles;
          }) config.inventory.instances;
        };
      };
      inherit (config) secrets templates;
    };
  };
}
