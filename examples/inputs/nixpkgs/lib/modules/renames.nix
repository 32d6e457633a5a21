# Options that stand for other options: aliases, renames, and what is left of removed ones.
{ lib }:
let
  inherit (builtins) any concatMap filter foldl' mapAttrs;
  inherit (lib)
    attrByPath
    getAttrFromPath
    isOption
    mapAttrsToList
    mergeDefinitions
    mkOption
    optional
    optionalAttrs
    optionalString
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
  mkDerivedConfig =
    opt: f: mkOverride (opt.highestPrio or defaultOverridePriority) (f opt.value);
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
      opt = getAttrFromPath path options;
    in
    {
      options = setAttrByPath path (mkOption {
        visible = false;
        apply =
          _: throw "The option `${showOption path}' can no longer be used since it's been removed. ${replacement}";
      });
      config.assertions = [
        {
          assertion = !opt.isDefined;
          message = ''
            The option definition `${showOption path}' in ${showFiles opt.files} no longer has any effect; please remove it.
            ${replacement}
          '';
        }
      ];
    };

  mkRenamedOptionModule =
    from: to:
    doRename {
      inherit from to;
      visible = false;
      warn = true;
      use = builtins.trace "Obsolete option `${showOption from}' is used. It was renamed to `${showOption to}'.";
    };
  mkRenamedOptionModuleWith =
    {
      from,
      to,
      # The release since which the new name exists; older pins stay quiet.
      sinceRelease,
    }:
    doRename {
      inherit from to;
      visible = false;
      warn = lib.oldestSupportedReleaseIsAtLeast sinceRelease;
      use = lib.warnIf (lib.oldestSupportedReleaseIsAtLeast sinceRelease)
        "Obsolete option `${showOption from}' is used. It was renamed to `${showOption to}'.";
    };
  mkMergedOptionModule =
    from: to: mergeFn:
    { config, options, ... }:
    {
      options = foldl' recursiveUpdate { } (
        map (
          path:
          setAttrByPath path (mkOption {
            visible = false;
            # Distinguishes an unset option from one that was set to any value at all.
            default = "_mkMergedOptionModule";
          })
        ) from
      );
      config = {
        warnings = filter (w: w != "") (
          map (
            path:
            let
              opt = getAttrFromPath path options;
              value = getAttrFromPath path config;
            in
            optionalString (value != "_mkMergedOptionModule")
              "The option `${showOption path}' defined in ${showFiles opt.files} has been changed to `${showOption to}' that has a different type. Please read `${showOption to}' documentation and update your configuration accordingly."
          ) from
        );
      }
      // setAttrByPath to (
        mkMerge (
          optional (any (path: getAttrFromPath path config != "_mkMergedOptionModule") from) (mergeFn config)
        )
      );
    };
  mkChangedOptionModule =
    from: to: change:
    mkMergedOptionModule [ from ] to change;
  mkAliasOptionModule =
    from: to:
    doRename {
      inherit from to;
      visible = true;
      warn = false;
      use = lib.id;
    };
  mkAliasOptionModuleMD = mkAliasOptionModule;

  doRename =
    {
      from,
      to,
      visible,
      warn,
      use,
      withPriority ? true,
      condition ? true,
    }:
    { config, options, ... }:
    let
      fromOpt = getAttrFromPath from options;
      toOf = attrByPath to (abort "Renaming error: option `${showOption to}' does not exist.");
      toType =
        let
          opt = attrByPath to { } options;
        in
        opt.type or (types.submodule { });
    in
    {
      options = setAttrByPath from (
        mkOption {
          inherit visible;
          description = "Alias of {option}`${showOption to}`.";
          apply = _: use (toOf config);
        }
        // optionalAttrs (toType != null) { type = toType; }
      );
      config = mkIf condition (mkMerge [
        (optionalAttrs (options ? warnings) {
          warnings =
            optional (warn && fromOpt.isDefined)
              "The option `${showOption from}' defined in ${showFiles fromOpt.files} has been renamed to `${showOption to}'.";
        })
        (
          if withPriority then
            mkAliasAndWrapDefsWithPriority (setAttrByPath to) fromOpt
          else
            mkAliasAndWrapDefinitions (setAttrByPath to) fromOpt
        )
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
