# Types whose values are modules: evaluated on the spot (`submodule`), or kept for an evaluation elsewhere (`deferredModule`).
{ lib, core }:
let
  inherit (builtins) attrNames isAttrs;
  inherit (lib) isFunction last optionalAttrs showOption types;
  inherit (core) checkDefs defaultFunctor fromV2 mkOptionType nounOr optionDescriptionPhrase;
  inherit (lib.types) attrs either;

  # Runs modules on the values of an option. `base` is the evaluation without any definition: it is shared by all values.
  submoduleWith =
    {
      modules,
      specialArgs ? { },
      shorthandOnlyDefinesConfig ? false,
      description ? null,
      class ? null,
    }@attrs:
    let
      asModule =
        def:
        if isAttrs def.value && shorthandOnlyDefinesConfig != false then
          {
            _file = def.file;
            config = def.value;
          }
        else
          {
            _file = def.file;
            imports = [ def.value ];
          };
      base = lib.evalModules {
        inherit class specialArgs;
        modules = [
          {
            # Stands in for the attribute name where there is none, in documentation above all.
            _module.args.name = lib.mkOptionDefault "‹name›";
          }
        ]
        ++ modules;
      };
      check = v: isAttrs v || isFunction v || types.path.check v;
      # Without the check for unknown options: what is described are declarations, not values.
      documented = base.extendModules { modules = [ types.noCheckForDocsModule ]; };
      inherit (documented._module) freeformType;
      name = "submodule";
    in
    mkOptionType {
      inherit name check;
      description =
        if description != null then
          description
        else if freeformType == null then
          name
        else
          "open ${name} of ${optionDescriptionPhrase (nounOr [ "composite" ]) freeformType}";
      merge = fromV2 (
        { loc, defs }:
        let
          configuration = base.extendModules {
            modules = [ { _module.args.name = last loc; } ] ++ map asModule defs;
            prefix = loc;
          };
        in
        {
          headError = checkDefs check defs;
          value = configuration.config;
          valueMeta = { inherit configuration; };
        }
      );
      emptyValue.value = base.config;
      getSubOptions =
        prefix:
        (documented.extendModules { inherit prefix; }).options
        // optionalAttrs (freeformType != null) {
          # The options that a free form would have stand beside the declared ones.
          _freeformOptions = freeformType.getSubOptions prefix;
        };
      getSubModules = modules;
      substSubModules =
        m:
        submoduleWith (
          attrs
          // {
            modules = m;
          }
        );
      nestedTypes = optionalAttrs (freeformType != null) { inherit freeformType; };
      functor = defaultFunctor name // {
        type = submoduleWith;
        payload = {
          inherit modules class specialArgs;
          inherit shorthandOnlyDefinesConfig description;
        };
        binOp =
          a: b:
          let
            either =
              what: x: y: none:
              if x == none then
                y
              else if y == none || x == y then
                x
              else
                throw "A submoduleWith option is declared multiple times with conflicting ${what} values \"${toString x}\" and \"${toString y}\".";
            clash = attrNames (builtins.intersectAttrs a.specialArgs b.specialArgs);
          in
          {
            class = either "class" a.class b.class null;
            modules = a.modules ++ b.modules;
            specialArgs =
              if clash == [ ] then
                a.specialArgs // b.specialArgs
              else
                throw "A submoduleWith option is declared multiple times with the same specialArgs \"${toString clash}\"";
            shorthandOnlyDefinesConfig =
              if a.shorthandOnlyDefinesConfig == null then
                b.shorthandOnlyDefinesConfig
              else if
                b.shorthandOnlyDefinesConfig == null
                || a.shorthandOnlyDefinesConfig == b.shorthandOnlyDefinesConfig
              then
                a.shorthandOnlyDefinesConfig
              else
                throw "A submoduleWith option is declared multiple times with conflicting shorthandOnlyDefinesConfig values";
            description = either "description" a.description b.description null;
          };
      };
    };

  # Definitions are kept as modules, to be evaluated somewhere else. Each keeps its file, and says through which option it came.
  deferredModuleWith =
    {
      staticModules ? [ ],
    }@attrs:
    let
      documented = types.submoduleWith { modules = staticModules; };
    in
    mkOptionType {
      inherit (documented) getSubModules getSubOptions;
      name = "deferredModule";
      description = "module";
      descriptionClass = "noun";
      check = v: isFunction v || isAttrs v || types.path.check v;
      merge =
        loc: defs:
        let
          located = { file, value }: lib.setDefaultModuleLocation "${file}, via option ${showOption loc}" value;
        in
        {
          imports = staticModules ++ map located defs;
        };
      substSubModules = staticModules: deferredModuleWith (attrs // { inherit staticModules; });
      functor = defaultFunctor "deferredModuleWith" // {
        binOp = a: b: { staticModules = lib.concatMap (payload: payload.staticModules) [ a b ]; };
        payload = { inherit staticModules; };
        type = deferredModuleWith;
      };
    };

  submodule =
    modules:
    submoduleWith {
      shorthandOnlyDefinesConfig = true;
      modules = lib.toList modules;
    };
  deferredModule = deferredModuleWith { };

  noCheckForDocsModule._module.check = lib.mkForce false;
in
{
  inherit
    deferredModule
    deferredModuleWith
    noCheckForDocsModule
    submodule
    submoduleWith
    ;
}
