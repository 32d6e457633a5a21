# The module system: `evalModules` takes modules (functions, attribute sets, paths), collects their imports, matches their
# definitions with their option declarations, and gives one lazily evaluated configuration.
#
# Three rules shape everything below. Nothing is forced that the asked-for option does not need, so a fleet of modules with
# thousands of options stays cheap. Every definition keeps the file that it came from, because error messages and `options.*.files`
# name it. Modules are merged in reverse of their collection order, so that what a module imports comes before what it defines.
{ lib }:
let
  inherit (builtins)
    addErrorContext
    all
    any
    attrNames
    concatLists
    concatMap
    concatStringsSep
    elem
    filter
    foldl'
    genericClosure
    head
    isAttrs
    isBool
    isList
    isString
    length
    mapAttrs
    seq
    substring
    tail
    toString
    typeOf
    unsafeGetAttrPos
    zipAttrsWith
    ;
  inherit (lib)
    attrByPath
    catAttrs
    functionArgs
    getAttrFromPath
    imap1
    init
    isFunction
    isOption
    last
    mapAttrsToList
    mkOption
    optional
    optionalAttrs
    optionalString
    recursiveUpdate
    reverseList
    setAttrByPath

    showFiles
    showOption
    sortOn
    take
    types
    warn
    zipAttrs
    ;
  inherit (lib.options) showDefs;
  inherit (lib.strings)
    escapeNixIdentifier
    escapeNixString
    isConvertibleWithToString
    levenshtein
    levenshteinAtMost
    ;

  defaultPriority = 100;
  defaultOrder = 1000;

  # ---- Reading one module ----

  explicitAttrs = [
    "_class"
    "_file"
    "key"
    "disabledModules"
    "imports"
    "options"
    "config"
    "meta"
    "freeformType"
  ];
  shorthandAttrs = [
    "_class"
    "_file"
    "key"
    "disabledModules"
    "require"
    "imports"
    "freeformType"
  ];

  # `meta` and `freeformType` may stand beside the configuration in either syntax; both end up as ordinary definitions.
  withSideAttrs =
    m: config:
    let
      extra =
        optional (m ? meta) { inherit (m) meta; }
        ++ optional (m ? freeformType) { _module.freeformType = m.freeformType; };
    in
    if extra == [ ] then config else mkMerge ([ config ] ++ extra);

  # Gives every module the same shape, whichever of the two syntaxes it was written in.
  unifyModuleSyntax =
    file: key: m:
    let
      common = {
        _file = toString m._file or file;
        _class = m._class or null;
        key = toString m.key or key;
        disabledModules = m.disabledModules or [ ];
      };
      unsupported = attrNames (removeAttrs m explicitAttrs);
    in
    if !isAttrs m then
      throw "module ${file} (${key}) does not look like a module."
    else if m ? config || m ? options then
      if unsupported != [ ] then
        throw "Module `${key}' has an unsupported attribute `${head unsupported}'. This is caused by introducing a top-level `config' or `options' attribute. Add configuration attributes immediately on the top level instead, or move all of them (namely: ${toString unsupported}) into the explicit `config' attribute."
      else
        common
        // {
          imports = m.imports or [ ];
          options = m.options or { };
          config = withSideAttrs m (m.config or { });
        }
    else
      common
      // {
        imports = m.require or [ ] ++ m.imports or [ ];
        options = { };
        # Here `meta` is configuration already.
        config = withSideAttrs (removeAttrs m [ "meta" ]) (removeAttrs m shorthandAttrs);
      };

  # Calls a module function. Only the arguments that it names are looked up in `_module.args`, each lazily.
  applyModuleArgs =
    key: f: args:
    let
      contextOf = name: ''while evaluating the module argument `${name}' in "${key}":'';
      named = mapAttrs (
        name: _:
        addErrorContext (contextOf name) (
          args.${name} or (addErrorContext
            "noting that argument `${name}` is not externally provided, so querying `_module.args` instead, requiring `config`"
            args.config._module.args.${name}
          )
        )
      ) (functionArgs f);
    in
    f (args // named);

  applyModuleArgsIfFunction =
    key: f: args:
    if isFunction f then applyModuleArgs key f args else f;

  setDefaultModuleLocation = file: m: {
    _file = file;
    imports = [ m ];
  };

  # Imports a file as a function of more than the module arguments, and keeps the file's own name in messages.
  importApply = path: staticArg: setDefaultModuleLocation path (import path staticArg);
  importJSON = file: {
    _file = file;
    config = lib.importJSON file;
  };
  importTOML = file: {
    _file = file;
    config = lib.importTOML file;
  };

  notAModule =
    {
      file,
      value,
      class,
      prefix,
    }:
    let
      # The language has no escape for this character, JSON has.
      escape = builtins.fromJSON ''"\u001b"'';
      bold = s: "${escape}[1m${s}${escape}[0m";
      purple = s: "${escape}[35;1m${s}${escape}[0m";
      place = optionalString (prefix != [ ]) ", while trying to load a module into ${bold (showOption prefix)}";
      hints = {
        configuration = "This is the result of an evaluation; instead of it, please only import the modules that make up the configuration.";
        option = "An option declaration belongs in the `options` attribute of a module.";
        option-type = "A type belongs in the `type` of an option, as in `lib.mkOption { type = ...; }`.";
        flake = "Import one of its modules instead, such as `inputs.name.${
          if class == null then "nixosModules" else "${class}Modules"
        }.default`.";
      };
    in
    "Expected a module, but found a value of type ${bold (purple (escapeNixString value._type))}, while trying to load a module into ${bold (toString file)}${place}.${
      optionalString (hints ? ${value._type}) "\n${hints.${value._type}}"
    }";

  # ---- Collecting modules ----

  # What a `disabledModules` item names: a module key.
  disabledKey =
    modulesPath: file: item:
    if isString item then
      if substring 0 1 item == "/" then item else "${toString modulesPath}/${item}"
    else if isConvertibleWithToString item then
      if item ? key && item.key != toString item then
        throw "Module `${file}` contains a disabledModules item that is an attribute set that can be converted to a string (${toString item}) but also has a `.key` attribute (${item.key}) with a different value. This makes it ambiguous which module should be disabled."
      else
        toString item
    else if item ? key then
      item.key
    else if isAttrs item then
      throw "Module `${file}` contains a disabledModules item that is an attribute set, presumably a module, that does not have a `key` attribute. This means that the module system doesn't have any means to identify the module that should be disabled. Make sure that you've put the correct value in disabledModules: a string path relative to modulesPath, a path value, or an attribute set with a `key` attribute."
    else
      throw "Each disabledModules item must be a path, string, or a attribute set with a key attribute, or a value supported by toString. However, one of the disabledModules items in `${toString file}` is none of that, but is of type ${typeOf item}.";

  # The tree of modules below `initial`: each node has its module, its key and its own imports. `disabledBelow` is what
  # the node and everything below it disables: a disabled module still counts here, its own `disabledModules` apply.
  collectTree =
    class: prefix: args:
    let
      checkClass =
        m:
        if class == null || m._class == null || m._class == class then
          m
        else
          throw ''
            The module `${m._file or m.key}` (class: ${escapeNixString m._class}) cannot be imported into a module evaluation that expects class ${escapeNixString class}.

            Help:
            - Ensure that you are importing the correct module.
            - Verify that the module's `_class`, ${escapeNixString m._class} matches the expected `class` ${escapeNixString class}.
            - If you are using a custom class, make sure it is correctly defined and used consistently across your modules.
          '';

      load =
        file: key: m:
        if isFunction m then
          unifyModuleSyntax file key (applyModuleArgs key m args)
        else if isAttrs m then
          if m._type or "module" == "module" then
            unifyModuleSyntax file key m
          else if m._type == "if" || m._type == "override" then
            load file key { config = m; }
          else
            throw (notAModule {
              inherit class file prefix;
              value = m;
            })
        else if isList m then
          throw "Module imports can't be nested lists. Perhaps you meant to remove one level of lists? Definitions: ${
            showDefs [
              {
                inherit file;
                value = m;
              }
            ]
          }"
        else
          let
            path = toString m;
          in
          unifyModuleSyntax path path (applyModuleArgsIfFunction path (import m) args);

      collect =
        parentFile: parentKey: modules:
        let
          nodes = imap1 (
            n: m:
            let
              module = checkClass (load parentFile "${parentKey}:anon-${toString n}" m);
              below = collect module._file module.key module.imports;
            in
            {
              inherit (module) key;
              inherit module;
              modules = below.nodes;
              disabled =
                (
                  if module.disabledModules != [ ] then
                    [
                      {
                        file = module._file;
                        disabled = module.disabledModules;
                      }
                    ]
                  else
                    [ ]
                )
                ++ below.disabled;
            }
          ) modules;
        in
        {
          inherit nodes;
          disabled = concatLists (catAttrs "disabled" nodes);
        };
    in
    collect lib.options.unknownModule "";

  keysOf =
    modulesPath: disabledList:
    concatMap ({ file, disabled }: map (disabledKey modulesPath file) disabled) disabledList;

  collectModules =
    class: modulesPath: initial: args:
    let
      tree = collectTree class (args._prefix or [ ]) args initial;
      disabledKeys = keysOf modulesPath tree.disabled;
      enabled = filter (node: !(elem node.key disabledKeys));
    in
    {
      # Breadth first, so a module imported near the root wins over an equal key deeper down.
      modules = map (node: node.module) (genericClosure {
        startSet = enabled tree.nodes;
        operator = node: enabled node.modules;
      });
      graph =
        let
          describe = node: {
            inherit (node) key;
            file = node.module._file;
            imports = map describe node.modules;
            disabled = elem node.key disabledKeys;
          };
        in
        map describe tree.nodes;
    };

  # ---- Evaluation ----

  # The options that every evaluation has: its own arguments, checks and free form.
  internalModule = prefix: evaluation: {
    _file = "lib/modules.nix";
    key = "lib/modules.nix";
    options._module = {
      args = mkOption (
        {
          type = types.lazyAttrsOf types.raw;
          description = "Additional arguments passed to each module, beside `lib`, `config`, `options` and `specialArgs`.";
        }
        // optionalAttrs (prefix != [ ]) { internal = true; }
      );
      check = mkOption {
        type = types.bool;
        internal = true;
        default = true;
        description = "Whether to check that every definition has a declared option.";
      };
      freeformType = mkOption {
        type = types.nullOr types.optionType;
        internal = true;
        default = null;
        description = "The type of definitions that no option declares; null refuses them.";
      };
      specialArgs = mkOption {
        readOnly = true;
        internal = true;
        description = "Externally provided module arguments, for the modules of submodules to read.";
      };
    };
    config._module = {
      inherit (evaluation) specialArgs;
      args = {
        inherit (evaluation) extendModules;
        moduleType = evaluation.type;
      };
    };
  };

  evalModules =
    evalModulesArgs@{
      modules,
      prefix ? [ ],
      specialArgs ? { },
      class ? null,
      # Kept for old callers: they put arguments and the check into a module of their own.
      args ? { },
      check ? true,
    }:
    let
      legacyModules =
        optional (evalModulesArgs ? args) {
          _file = "<unknown-file>";
          key = "lib/evalModules/args";
          config._module.args = args;
        }
        ++ optional (evalModulesArgs ? check) {
          key = "lib/evalModules/check";
          config._module.check = mkDefault check;
        };
      regularModules = modules ++ legacyModules;

      # Made anew by every evaluation, also by one that extends another: its arguments refer to this very one.
      internal = internalModule prefix { inherit extendModules specialArgs type; };

      moduleArgs = {
        inherit lib options specialArgs;
        _class = class;
        _prefix = prefix;
        config = addErrorContext "if you get an infinite recursion here, you probably reference `config` in `imports`. If you are trying to achieve a conditional import behavior dependent on `config`, consider importing unconditionally, and using `mkEnableOption` and `mkIf` to control its effect." config;
      }
      // specialArgs;

      collected = collectModules class (specialArgs.modulesPath or "") (regularModules ++ [ internal ]) moduleArgs;
      merged = mergeModules prefix (reverseList collected.modules);
      options = merged.matchedOptions;

      config =
        let
          declared = lib.mapAttrsRecursiveCond (v: !isOption v) (_: opt: opt.value) options;
          freeform =
            let
              defs = map (def: {
                inherit (def) file;
                value = setAttrByPath def.prefix def.value;
              }) merged.unmatchedDefns;
            in
            if defs == [ ] then { } else declared._module.freeformType.merge prefix defs;
        in
        if declared._module.freeformType == null then
          declared
        else if attrNames declared == [ "_module" ] then
          freeform // declared
        else
          recursiveUpdate freeform declared;

      checkUnmatched =
        if config._module.check && config._module.freeformType == null && merged.unmatchedDefns != [ ] then
          throw (unmatchedMessage prefix options (head merged.unmatchedDefns))
        else
          null;

      extendModules =
        extendArgs@{
          modules ? [ ],
          specialArgs ? { },
          prefix ? [ ],
        }:
        evalModules (
          evalModulesArgs
          // {
            inherit class;
            modules = regularModules ++ modules;
            specialArgs = evalModulesArgs.specialArgs or { } // specialArgs;
            prefix = extendArgs.prefix or evalModulesArgs.prefix or [ ];
          }
        );

      type = types.submoduleWith { inherit modules specialArgs class; };

      # Collected a second time on purpose: keeping the first tree alive would keep every module's environment alive.
      graph = filter (node: node.key != "lib/modules.nix") (
        (collectModules class (specialArgs.modulesPath or "") (regularModules ++ [ internal ]) moduleArgs).graph
      );
    in
    {
      _type = "configuration";
      options = seq checkUnmatched options;
      config = seq checkUnmatched (removeAttrs config [ "_module" ]);
      _module = seq checkUnmatched config._module;
      inherit
        class
        extendModules
        graph
        type
        ;
    };

  unmatchedMessage =
    prefix: options: def:
    let
      path = prefix ++ def.prefix;
      text = showOption path;
      shownDef =
        addErrorContext
          "while evaluating the error message for definitions for `${text}', which is an option that does not exist"
          (addErrorContext "while evaluating a definition from `${def.file}'" (showDefs [ def ]));
      parent = init def.prefix;
      name = last def.prefix;
      siblings = filter (n: !(parent == [ ] && n == "_module")) (
        attrNames (attrByPath parent { } options)
      );
      # Measuring the full distance to thousands of names would take longer than the evaluation itself.
      near = if length siblings < 100 then siblings else filter (levenshteinAtMost 2 name) siblings;
      suggested = map (n: "`${showOption (init path ++ [ n ])}'") (
        take 3 (sortOn (levenshtein name) near)
      );
      hint =
        if suggested == [ ] then
          ""
        else if tail suggested == [ ] then
          "\n\nDid you mean ${head suggested}?"
        else
          "\n\nDid you mean ${concatStringsSep ", " (init suggested)} or ${last suggested}?";
      message = "The option `${text}' does not exist. Definition values:${shownDef}${hint}";
    in
    if attrNames options != [ "_module" ] then
      message
    else if prefix == [ ] then
      ''
        ${message}

        It seems as if you're trying to declare an option by placing it into `config' rather than `options'!
      ''
    else
      ''
        ${message}

        However there are no options defined in `${showOption prefix}'. Are you sure you've
        declared your options properly? This can happen if you e.g. declared your options in `types.submodule'
        under `config' rather than `options'.
      '';

  # ---- Matching definitions with declarations ----

  mergeModules =
    prefix: modules:
    mergeModules' prefix modules (
      concatMap (
        m:
        map (config: {
          file = m._file;
          inherit config;
        }) (pushDownProperties m.config)
      ) modules
    );

  # `modules` have options at this level, `configs` definitions; both are zipped by name and each name is worked out lazily.
  mergeModules' =
    prefix: modules: configs:
    let
      here = concatStringsSep "." prefix;

      declsByName = zipAttrs (
        map (
          m:
          if !isAttrs m.options then
            throw ''
              An option declaration for `${here}' has type
              `${typeOf m.options}' rather than an attribute set.
              Did you mean to define this outside of `options'?
            ''
          else
            mapAttrs (name: options: {
              inherit (m) _file;
              inherit options;
              pos = unsafeGetAttrPos name m.options;
            }) m.options
        ) modules
      );

      checked = map (
        c:
        if isAttrs c.config then
          c
        else
          throw ''
            In module `${c.file}', you're trying to define a value of type `${typeOf c.config}'
            rather than an attribute set for the option
            `${here}'!

            This usually happens if `${here}' has option
            definitions inside that are not matched. Please check how to properly define
            this option by e.g. referring to `man 5 configuration.nix'!
          ''
      ) configs;

      # For a name with sub-options, properties move down one level; for an option the definitions stay whole.
      pushedByName = zipAttrs (
        map (
          c:
          mapAttrs (
            _: value:
            map (config: {
              inherit (c) file;
              inherit config;
            }) (pushDownProperties value)
          ) c.config
        ) checked
      );
      rawByName = zipAttrs (
        map (
          c:
          mapAttrs (_: value: {
            inherit (c) file;
            inherit value;
          }) c.config
        ) checked
      );

      isDeclaration =
        loc: d:
        d.options ? _type
        && (d.options._type == "option" || throw (wrongDeclaration loc d.options._type d._file));

      resultsByName = mapAttrs (
        name: decls:
        let
          loc = prefix ++ [ name ];
          defs = rawByName.${name} or [ ];
          optionDecls = filter (d: isAttrs d.options && isDeclaration loc d) decls;
        in
        if length optionDecls == length decls then
          {
            matchedOptions = evalOptionValue loc (fixupOptionType loc (mergeOptionDecls loc decls)) defs;
            unmatchedDefns = [ ];
          }
        else if optionDecls == [ ] then
          mergeModules' loc decls (concatLists (pushedByName.${name} or [ ]))
        else if all (d: d.options.type.name or null == "submodule") optionDecls then
          {
            # Options written below an option of submodule type become one more module of that submodule.
            matchedOptions = evalOptionValue loc (fixupOptionType loc (
              mergeOptionDecls loc (map treeAsSubmodule decls)
            )) defs;
            unmatchedDefns = [ ];
          }
        else
          throw "The option `${showOption loc}' in module `${(head optionDecls)._file}' would be a parent of the following options, but its type `${
            (head optionDecls).options.type.description or "<no description>"
          }' does not support nested options.\n${showRawDecls loc (filter (d: !isOption d.options) decls)}"
      ) declsByName;

      matchedOptions = mapAttrs (_: r: r.matchedOptions) resultsByName;
      unmatchedByName =
        mapAttrs (_: r: r.unmatchedDefns) resultsByName // removeAttrs rawByName (attrNames matchedOptions);
    in
    {
      inherit matchedOptions;
      # Without definitions none can be unmatched, and the declarations below need not be looked at.
      unmatchedDefns =
        if configs == [ ] then
          [ ]
        else
          concatLists (
            mapAttrsToList (
              name: map (def: def // { prefix = [ name ] ++ (def.prefix or [ ]); })
            ) unmatchedByName
          );
    };

  treeAsSubmodule =
    decl:
    if isOption decl.options then
      decl
    else
      decl
      // {
        options = mkOption {
          type = types.submoduleWith {
            modules = [ { inherit (decl) options; } ];
            # No opinion: the declared submodule says how its definitions are read.
            shorthandOnlyDefinesConfig = null;
          };
        };
      };

  wrongDeclaration =
    loc: tag: file:
    "In module ${file}: expected an option declaration at option path `${showOption loc}` but got an attribute set with type ${tag}"
    + optionalString (tag == "option-type") ''


      When declaring an option, you must wrap the type in a `mkOption` call. It should look somewhat like:
          ${optionalString (length loc > 1) "\n    # ${showOption loc}"}
          ${escapeNixIdentifier (last loc)} = lib.mkOption {
            description = ...;
            type = <the type you wrote for ${escapeNixIdentifier (last loc)}>;
            ...
          };
    '';

  # The options found below `decls`, for the message about an option that cannot have any.
  showRawDecls =
    loc: decls:
    let
      paths =
        here: file: v:
        if !isAttrs v then
          [ ]
        else if isOption v then
          [
            {
              name = showOption here;
              inherit file;
            }
          ]
        else
          concatLists (mapAttrsToList (name: paths (here ++ [ name ]) file) v);
    in
    lib.concatMapStringsSep "\n" (p: " - option(s) with prefix `${p.name}' in module `${p.file}'") (
      lib.unique (
        lib.sort (a: b: a.name < b.name) (concatMap (d: paths loc d._file d.options) decls)
      )
    );

  # Several modules may declare one option when their types merge and no two of them give the same attribute.
  mergeOptionDecls =
    loc:
    foldl'
      (
        res: decl:
        let
          opt = decl.options;
          both = name: opt ? ${name} && res ? ${name};
          conflict = throw "The option `${showOption loc}' in `${decl._file}' is already declared in ${showFiles res.declarations}.";
          mergedType = res.type.typeMerge opt.type.functor;
          subModules = opt.type.getSubModules or null;
        in
        if any both [ "default" "example" "description" "apply" ] then
          conflict
        else
          opt
          // res
          // {
            declarations = res.declarations ++ [ decl._file ];
            declarationPositions = res.declarationPositions ++ [
              (
                if decl.pos or null != null then
                  decl.pos
                else
                  {
                    file = decl._file;
                    line = null;
                    column = null;
                  }
              )
            ];
            options =
              if subModules == null then
                res.options
              else
                map (setDefaultModuleLocation decl._file) subModules ++ res.options;
          }
          // optionalAttrs (both "type") { type = if mergedType == null then conflict else mergedType; }
      )
      {
        inherit loc;
        declarations = [ ];
        declarationPositions = [ ];
        options = [ ];
      };

  # The type that the option is evaluated with: sub-options that were declared beside it are put into it.
  fixupOptionType =
    loc: opt:
    let
      type = opt.type or types.unspecified;
    in
    if type.getSubModules or null == null then
      opt // { inherit type; }
    else
      opt
      // {
        type = type.substSubModules opt.options;
        options = [ ];
      };

  # ---- Values ----

  evalOptionValue =
    loc: opt: defs:
    let
      allDefs =
        optional (opt ? default) {
          file = head opt.declarations;
          value = mkOptionDefault opt.default;
        }
        ++ defs;
      res =
        if opt.readOnly or false && length allDefs > 1 then
          throw "The option `${showOption loc}' is read-only, but it's set multiple times. Definition values:${
            # Each is shown as if it were the only one, so that properties do not appear in the message.
            showDefs (map (def: def // { value = (mergeDefinitions loc opt.type [ def ]).mergedValue; }) allDefs)
          }"
        else
          mergeDefinitions loc opt.type allDefs;
      deprecation = opt.type.deprecationMessage or null;
      shown =
        if deprecation == null then
          opt
        else
          warn "The type `types.${opt.type.name}' of option `${showOption loc}' defined in ${showFiles opt.declarations} is deprecated. ${deprecation}" opt;
    in
    shown
    // {
      value = addErrorContext "while evaluating the option `${showOption loc}':" (
        if opt ? apply then opt.apply res.mergedValue else res.mergedValue
      );
      inherit (res.defsFinal') highestPrio;
      inherit (res) isDefined;
      inherit (res.checkedAndMerged) valueMeta;
      definitions = lib.getValues res.defsFinal;
      files = lib.getFiles res.defsFinal;
      definitionsWithLocations = res.defsFinal;
      __toString = _: showOption loc;
    };

  mergeDefinitions =
    loc: type: defs:
    let
      contextOf = def: addErrorContext "while evaluating definitions from `${def.file}':";
      only = head defs;
      # Most options have one plain definition; it needs no work and keeps whatever attributes it came with.
      isPlain = length defs == 1 && contextOf only (!(isAttrs only.value && only.value ? _type));

      discharged = concatMap (
        def:
        map (
          value:
          if value._type or null == "definition" then
            value
          else
            {
              inherit (def) file;
              inherit value;
            }
        ) (contextOf def (dischargeProperties def.value))
      ) defs;
      winners = filterOverrides' discharged;
      ordered =
        if any (def: def.value._type or "" == "order") winners.values then
          sortProperties winners.values
        else
          winners.values;

      invalid = filter (def: !type.check def.value) defsFinal;
      mismatch =
        detail: throw "A definition for option `${showOption loc}' is not of type `${type.description}'. ${detail}";
      noValue = throw "The option `${showOption loc}' was accessed but has no value defined. Try setting the option.";

      # A type that can say more than its value (which submodule gave it, say) merges through `merge.v2`.
      viaV2 = type.merge.v2 {
        inherit loc;
        defs = defsFinal;
      };
      coherent = lib.options.requireCoherentCheck loc type viaV2;

      defsFinal' =
        if isPlain then
          {
            values = defs;
            highestPrio = defaultPriority;
          }
        else
          {
            values = ordered;
            inherit (winners) highestPrio;
          };
      defsFinal = defsFinal'.values;
      isDefined = defsFinal != [ ];
      isV2 = type.merge ? v2;
      mergedValue =
        if !isDefined then
          type.emptyValue.value or noValue
        else if isV2 then
          if coherent.headError != null then
            mismatch "TypeError: ${coherent.headError.message}"
          else
            coherent.value
        else if invalid != [ ] then
          mismatch "Definition values:${showDefs invalid}"
        else
          type.merge loc defsFinal;
    in
    {
      inherit
        defsFinal'
        defsFinal
        isDefined
        mergedValue
        ;
      checkedAndMerged =
        let
          # Closed on purpose: a merge that gives other attributes was written for another contract.
          closed =
            {
              headError,
              value,
              valueMeta,
            }@result:
            result;
          result =
            if isV2 then
              closed coherent
            else
              {
                headError = null;
                value = mergedValue;
                valueMeta = { };
              };
        in
        if isV2 then
          result // { valueMeta = result.valueMeta // { _internal = { inherit type; }; }; }
        else
          result;
      optionalValue = optionalAttrs isDefined { value = mergedValue; };
    };

  # Moves `mkIf`, `mkMerge` and `mkOverride` from around an attribute set to around each of its attributes.
  pushDownProperties =
    cfg:
    if cfg._type or "" == "merge" then
      concatMap pushDownProperties cfg.contents
    else if cfg._type or "" == "if" then
      map (mapUnlessPlain (mkIf cfg.condition)) (pushDownProperties cfg.content)
    else if cfg._type or "" == "override" then
      map (mapUnlessPlain (mkOverride cfg.priority)) (pushDownProperties cfg.content)
    else
      [ cfg ];
  # What is not an attribute set passes through, so that the error about it can name the option.
  mapUnlessPlain = f: v: if isAttrs v then mapAttrs (_: f) v else v;

  # The values that a definition stands for, with `mkIf` decided and `mkMerge` flattened.
  dischargeProperties =
    def:
    if def._type or "" == "merge" then
      concatMap dischargeProperties def.contents
    else if def._type or "" == "if" then
      if isBool def.condition then
        if def.condition then dischargeProperties def.content else [ ]
      else
        throw "‘mkIf’ called with a non-Boolean condition"
    else
      [ def ];

  filterOverrides = defs: (filterOverrides' defs).values;
  filterOverrides' =
    defs:
    let
      prioOf = def: if def.value._type or "" == "override" then def.value.priority else defaultPriority;
      # The fold starts at 9999: what is set weaker than that is as good as not set.
      highestPrio = foldl' (best: def: lib.min (prioOf def) best) 9999 defs;
      strip = def: if def.value._type or "" == "override" then def // { value = def.value.content; } else def;
      one = head defs;
    in
    if length defs == 1 then
      {
        values = [ (strip one) ];
        highestPrio = prioOf one;
      }
    else
      {
        values = map strip (filter (def: prioOf def == highestPrio) defs);
        inherit highestPrio;
      };

  sortProperties =
    defs:
    let
      strip =
        def:
        if def.value._type or "" == "order" then
          def
          // {
            value = def.value.content;
            inherit (def.value) priority;
          }
        else
          def;
    in
    lib.sort (a: b: a.priority or defaultOrder < b.priority or defaultOrder) (map strip defs);

  # ---- Properties ----

  mkIf = condition: content: {
    _type = "if";
    inherit condition content;
  };
  mkAssert =
    assertion: message: content:
    mkIf (if assertion then true else throw "\nFailed assertion: ${message}") content;
  mkMerge = contents: {
    _type = "merge";
    inherit contents;
  };
  mkOverride = priority: content: {
    _type = "override";
    inherit priority content;
  };
  mkOptionDefault = mkOverride 1500;
  mkDefault = mkOverride 1000;
  mkImageMediaOverride = mkOverride 60;
  mkForce = mkOverride 50;
  mkVMOverride = mkOverride 10;
  mkOrder = priority: content: {
    _type = "order";
    inherit priority content;
  };
  mkBefore = mkOrder 500;
  mkAfter = mkOrder 1500;
  mkDefinition = args@{ file, value, ... }: args // { _type = "definition"; };
  mkFixStrictness = warn "lib.mkFixStrictness has no effect and will be removed. It returns its argument unmodified, so you can just remove any calls." lib.id;

  # ---- Aliases and renames ----

  mkAliasDefinitions = mkAliasAndWrapDefinitions lib.id;
  mkAliasAndWrapDefinitions = wrap: option: mkAliasIfDef option (wrap (mkMerge option.definitions));
  mkAliasIfDef = option: mkIf (lib.isOption option && option.isDefined);
  # Hands the definitions on with the priority that they won with, so a mkForce through an alias stays one.
  mkAliasAndWrapDefsWithPriority =
    wrap: option:
    mkAliasIfDef option (
      wrap (mkMerge (map (mkOverride (option.highestPrio or defaultPriority)) option.definitions))
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
    opt: f: mkOverride (opt.highestPrio or defaultPriority) (f opt.value);
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
    applyModuleArgsIfFunction
    collectModules
    dischargeProperties
    doRename
    evalModules
    evalOptionValue
    filterOverrides
    filterOverrides'
    fixMergeModules
    fixupOptionType
    importApply
    importJSON
    importTOML
    mapDefinitionValue
    mergeAttrDefinitionsWithPrio
    mergeDefinitions
    mergeModules
    mergeModules'
    mergeOptionDecls
    mkAfter
    mkAliasAndWrapDefinitions
    mkAliasAndWrapDefsWithPriority
    mkAliasDefinitions
    mkAliasIfDef
    mkAliasOptionModule
    mkAliasOptionModuleMD
    mkAssert
    mkBefore
    mkChangedOptionModule
    mkDefault
    mkDefinition
    mkDerivedConfig
    mkFixStrictness
    mkForce
    mkIf
    mkImageMediaOverride
    mkMerge
    mkMergedOptionModule
    mkOptionDefault
    mkOrder
    mkOverride
    mkRemovedOptionModule
    mkRenamedOptionModule
    mkRenamedOptionModuleWith
    mkVMOverride
    pushDownProperties
    setDefaultModuleLocation
    sortProperties
    unifyModuleSyntax
    ;
  defaultOverridePriority = defaultPriority;
  defaultOrderPriority = defaultOrder;
}
