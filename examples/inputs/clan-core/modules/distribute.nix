# From the inventory to the modules that services add to a machine: `distribute … machineName` is a list of modules.
#
# A machine has a role when the role names the machine or one of its tags. Settings of the machine are merged over those of
# its tags, and those over the settings of the role.
{
  lib,
  inventory,
  serviceModules,
}:
let
  inherit (lib)
    attrNames
    concatMap
    elem
    filter
    filterAttrs
    mapAttrs
    mapAttrsToList
    mkOverride
    optional
    unique
    ;

  serviceModuleOf =
    { input, name }:
    let
      available =
        if input == null || input == "clan-core" then
          serviceModules.core
        else if input == "self" then
          serviceModules.own
        else
          serviceModules.self.inputs.${input}.clan.modules;
    in
    available.${name} or (throw "clan: no service `${name}` in ${
      if input == null then "clan-core" else input
    }; it has: ${toString (attrNames available)}");

  evaluateService =
    instance:
    (lib.evalModules {
      class = "clan.service";
      modules = [
        ./service.nix
        (serviceModuleOf { inherit (instance.module) input name; })
      ];
    }).config;

  machinesOfTag = tag: inventory.tags.${tag} or [ ];
  machinesOf = role: unique (attrNames role.machines ++ concatMap machinesOfTag (attrNames role.tags));

  # More than one may name the machine, so each gets its own priority, below what is written in one place only.
  settingsOf =
    instanceName: roleName: service: role: machineName: extra:
    let
      from = priority: origin: settings: {
        _file = "inventory.instances.${instanceName}.roles.${roleName}${origin}";
        config = mapAttrs (_: mkOverride priority) settings;
      };
      tags = filterAttrs (tag: _: elem machineName (machinesOfTag tag)) role.tags;
    in
    (lib.evalModules {
      modules = [
        service.roles.${roleName}.interface
        (from 102 "" role.settings)
        (from 100 ".machines.${machineName}" (role.machines.${machineName} or { settings = { }; }).settings)
        extra
      ]
      ++ mapAttrsToList (tag: target: from 101 ".tags.${tag}" target.settings) tags;
    }).config;

  # What the modules of a service see of an instance: who has which role, with what settings.
  viewOf =
    instanceName: service:
    mapAttrs (roleName: role: {
      inherit (role) settings;
      machines = lib.genAttrs (machinesOf role) (machineName: {
        settings = settingsOf instanceName roleName service role machineName { };
      });
    }) inventory.instances.${instanceName}.roles;

  services = mapAttrs (_: evaluateService) inventory.instances;

  moduleFor =
    machineName: deferred: arguments:
    let
      class = inventory.machines.${machineName}.machineClass;
      evaluated = lib.evalModules {
        modules = [ deferred ];
        specialArgs = arguments // {
          inherit (inventory) meta;
        };
      };
    in
    evaluated.config."${class}Module";

  rolesOf =
    instance: machineName:
    attrNames (filterAttrs (_: role: elem machineName (machinesOf role)) instance.roles);

  modulesOfRole =
    instanceName: machineName: roleName:
    let
      service = services.${instanceName};
      instance = inventory.instances.${instanceName};
      role = instance.roles.${roleName};
      settingsWith = settingsOf instanceName roleName service role machineName;
      known = service.roles.${roleName} or (throw
        "clan: service `${service.manifest.name}` of instance `${instanceName}` has no role `${roleName}`");
    in
    [
      (moduleFor machineName known.perInstance {
        inherit instanceName;
        settings = settingsWith { };
        extendSettings = settingsWith;
        roles = viewOf instanceName service;
        machine = {
          name = machineName;
          roles = rolesOf instance machineName;
        };
      })
    ]
    ++ role.extraModules;

  modulesOfInstance =
    machineName: instanceName:
    concatMap (modulesOfRole instanceName machineName) (
      rolesOf inventory.instances.${instanceName} machineName
    );

  # Instances of one service on one machine share what the service adds per machine.
  perMachineModules =
    machineName: instanceNames:
    let
      keyOf = name: inventory.instances.${name}.module;
      first = name: lib.findFirst (other: keyOf other == keyOf name) name instanceNames;
      together = name: filter (other: keyOf other == keyOf name) instanceNames;
      oneOf = name: moduleFor machineName services.${name}.perMachine {
        machine = {
          name = machineName;
          roles = unique (concatMap (other: rolesOf inventory.instances.${other} machineName) (together name));
        };
        instances = lib.genAttrs (together name) (other: { roles = viewOf other services.${other}; });
      };
    in
    concatMap (name: optional (first name == name) (oneOf name)) instanceNames;
in
machineName:
let
  instanceNames = filter (
    name: rolesOf inventory.instances.${name} machineName != [ ]
  ) (attrNames inventory.instances);
in
concatMap (modulesOfInstance machineName) instanceNames ++ perMachineModules machineName instanceNames
