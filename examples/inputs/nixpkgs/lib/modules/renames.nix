# Options that stand for other options: aliases, renames, and what is left of removed ones.
{ lib }:
let
  inherit (builtins) concatMap filter foldl' mapAttrs;
  inherit (lib)
    attrByPath
    getAttrFromPath
    isOption
    mapAttrsToList
    mergeDefinitions
    mkOption
    optional
    optionalAttrs
    recursiveUpdate
    setAttrByPath
    showFiles
    showOption
    types
    warn
    zipAttrs
    ;
  inherit (lib.modules)
    applyModuleArgsIfFunction
    defaultOverridePriority
    mergeModules
    mkIf
    mkMerge
    mkOverride
    unifyModuleSyntax
    ;

  mkAliasDefinitions = mkAliasAndWrapDefinitions lib.id;
  mkAliasAndWrapDefinitions = wrap: option: mkAliasIfDef option (wrap (mkMerge option.definitions));
  mkAliasIfDef = option: mkIf (lib.isOption option && option.isDefined);
  # Hands the definitions on with the priority that they won with, so a mkForce through an alias stays one.
  mkAliasAndWrapDefsWithPriority =
    wrap: option:
    mkAliasIfDef option (
      wrap (mkMerge (map (mkOverride (option.highestPrio or defaultOverridePriority)) option.definitions))
    );
  # Applies `f` to a value below whatever properties are around it.
  mapDefinitionValue =
    f: v:
    let
      go = mapDefinitionValue f;
    in
    if !(v ? _type) then
      f v
    else if v._type == "merge" then
      v // { contents = map go v.contents; }
    else if v._type == "if" || v._type == "override" || v._type == "order" then
      v // { content = go v.content; }
    else if v._type == "definition" then
      v // { value = go v.value; }
    else
      f v;
  mergeAttrDefinitionsWithPrio =
    opt:
    let
      parts = concatMap (
        def: mapAttrsToList (name: value: { ${name} = { inherit (def) file; inherit value; }; }) def.value
      ) opt.definitionsWithLocations;
    in
    mapAttrs (
      name: defs:
      let
        merged = mergeDefinitions (opt.loc ++ [ name ]) opt.type.nestedTypes.elemType defs;
      in
      {
        inherit (merged.defsFinal') highestPrio;
        value = merged.mergedValue;
      }
    ) (zipAttrs parts);
  # A value computed from an option wins against whatever the option's own value would win against.
  mkDerivedConfig =
    { value, ... }@opt: compute: mkOverride (opt.highestPrio or defaultOverridePriority) (compute value);
  fixMergeModules =
    modules: args:
    lib.fix (
      self:
      mergeModules [ ] (
        map (m: unifyModuleSyntax "" "" (applyModuleArgsIfFunction "" m (args // { config = self.config; }))) modules
      )
      // {
        config = lib.mapAttrsRecursiveCond (v: !isOption v) (_: o: o.value) self.matchedOptions;
      }
    );

  mkRemovedOptionModule =
    path: replacement:
    { options, ... }:
    let
      name = showOption path;
      removed = getAttrFromPath path options;
    in
    {
      config.assertions = [
        {
          message = "The option definition `${name}' in ${showFiles removed.files} no longer has any effect; please remove it.\n${replacement}\n";
          assertion = !removed.isDefined;
        }
      ];
      options = setAttrByPath path (mkOption {
        apply = _: throw "The option `${name}' can no longer be used since it's been removed. ${replacement}";
        visible = false;
      });
    };

  # What is said when the value of a renamed option is read, and when it is set.
  readByOldName = from: to: "Obsolete option `${showOption from}' is used. It was renamed to `${showOption to}'.";
  mkRenamedOptionModule =
    from: to:
    doRename {
      use = builtins.trace (readByOldName from to);
      warn = true;
      visible = false;
      inherit to from;
    };
  mkRenamedOptionModuleWith =
    {
      # The release since which the new name exists; older pins stay quiet.
      sinceRelease,
      to,
      from,
    }:
    let
      isDue = lib.oldestSupportedReleaseIsAtLeast sinceRelease;
    in
    doRename {
      use = lib.warnIf isDue (readByOldName from to);
      warn = isDue;
      visible = false;
      inherit to from;
    };

  mkMergedOptionModule =
    from: to: mergeFn:
    { config, options, ... }:
    let
      # Distinguishes an unset option from one that was set to any value at all.
      unset = "_mkMergedOptionModule";
      isSet = path: getAttrFromPath path config != unset;
      declared =
        found: path:
        recursiveUpdate found (
          setAttrByPath path (mkOption {
            default = unset;
            visible = false;
          })
        );
      advice =
        path:
        "The option `${showOption path}' in ${showFiles (getAttrFromPath path options).files} is now part of `${showOption to}', which has another type. See there.";
      used = filter isSet from;
    in
    {
      options = foldl' declared { } from;
      config = setAttrByPath to (mkIf (used != [ ]) (mergeFn config)) // {
        warnings = map advice used;
      };
    };
  mkChangedOptionModule =
    from: to: change:
    mkMergedOptionModule [ from ] to change;
  mkAliasOptionModule =
    from: to:
    doRename {
      use = value: value;
      visible = true;
      warn = false;
      inherit to from;
    };
  mkAliasOptionModuleMD = mkAliasOptionModule;

  doRename =
    {
      condition ? true,
      withPriority ? true,
      use,
      warn,
      visible,
      to,
      from,
    }:
    { config, options, ... }:
    let
      old = getAttrFromPath from options;
      target = attrByPath to null options;
      handOn = if withPriority then mkAliasAndWrapDefsWithPriority else mkAliasAndWrapDefinitions;
      complaint = "The option `${showOption from}' defined in ${showFiles old.files} has been renamed to `${showOption to}'.";
      warning.warnings = optional (warn && old.isDefined) complaint;
    in
    {
      # A group of options is renamed as a submodule that takes anything it is given.
      options = setAttrByPath from (mkOption {
        type = target.type or (types.submodule { });
        apply = _: use (attrByPath to (abort "Renaming error: option `${showOption to}' does not exist.") config);
        description = "Alias of {option}`${showOption to}`.";
        inherit visible;
      });
      config = mkIf condition (mkMerge [
        (handOn (setAttrByPath to) old)
        (optionalAttrs (options ? warnings) warning)
      ]);
    };
in
{
  inherit
    doRename
    fixMergeModules
    mapDefinitionValue
    mergeAttrDefinitionsWithPrio
    mkAliasAndWrapDefinitions
    mkAliasAndWrapDefsWithPriority
    mkAliasDefinitions
    mkAliasIfDef
    mkAliasOptionModule
    mkAliasOptionModuleMD
    mkChangedOptionModule
    mkDerivedConfig
    mkMergedOptionModule
    mkRemovedOptionModule
    mkRenamedOptionModule
    mkRenamedOptionModuleWith
    ;
}
