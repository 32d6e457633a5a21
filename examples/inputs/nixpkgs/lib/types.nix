# Option types. A type is an attribute set with a name, a description, a `check` of one value, a `merge` of all definitions
# and the functions that documentation, sub-options and the merging of two declarations need.
#
# `merge` is a function of `loc` and `defs`. A type that has more to tell than a value also has `merge.v2`, which gives the
# first error as data and `valueMeta`: for a submodule its whole evaluation, for a set or a list the same per element.
{ lib }:
let
  inherit (builtins)
    all
    any
    attrNames
    concatMap
    concatStringsSep
    elem
    elemAt
    filter
    head
    isAttrs
    isBool
    isFloat
    isInt
    isList
    isString
    length
    mapAttrs
    tail
    typeOf
    ;
  inherit (lib)
    filterAttrs
    foldl'
    isFunction
    isStringLike
    last
    mapAttrsToList
    mergeDefinitions
    mergeEqualOption
    mergeOneOption
    mergeUniqueOption
    optionalAttrs
    optionalString

    showFiles
    showOption
    zipAttrsWith
    ;

  isType = name: v: v._type or null == name;
  setType = name: v: v // { _type = name; };

  # ---- Merging the types of two declarations ----

  defaultFunctor = name: {
    inherit name;
    type = types.${name} or null;
    wrapped = null;
    payload = null;
    binOp = _: _: null;
  };
  # Two declarations merge when their types have one name and their payloads combine.
  defaultTypeMerge =
    f: g:
    let
      mergedPayload = f.binOp f.payload g.payload;
    in
    if f.name != g.name then
      null
    else if f.payload != null && g.payload != null then
      if mergedPayload == null then null else f.type mergedPayload
    else if f.payload == null && g.payload == null then
      f.type
    else
      null;
  # The functor of a type that has element types: the payload holds them, and they are merged in turn.
  elementFunctor =
    name: rebuild: payload:
    defaultFunctor name
    // {
      type = rebuild;
      inherit payload;
      binOp =
        a: b:
        let
          merged = a.elemType.typeMerge b.elemType.functor;
        in
        if merged == null then null else a // { elemType = merged; };
    };

  isOptionType = isType "option-type";
  mkOptionType =
    {
      name,
      description ? null,
      # How the description reads inside a larger one: noun, nonRestrictiveClause, conjunction or composite.
      descriptionClass ? null,
      check ? (_: true),
      merge ? mergeDefaultOption,
      emptyValue ? { },
      getSubOptions ? (_: { }),
      getSubModules ? null,
      substSubModules ? (_: null),
      typeMerge ? (defaultTypeMerge functor),
      deprecationMessage ? null,
      functor ? defaultFunctor name,
      nestedTypes ? { },
    }:
    {
      _type = "option-type";
      inherit
        name
        descriptionClass
        merge
        emptyValue
        getSubOptions
        getSubModules
        substSubModules
        typeMerge
        deprecationMessage
        nestedTypes
        ;
      description = if description == null then name else description;
      functor = if functor ? wrappedDeprecationMessage then functor else removeAttrs functor [ "wrapped" ];
      # `checkAndMerge` below says itself that check and merge belong together; anything else is checked the plain way.
      check = if merge ? v2 then coherentCheck check else check;
    };
  inherit (lib.options) mergeDefaultOption requireCoherentCheck showDefs;

  coherentCheck = check: {
    __functor = _: check;
    isV2MergeCoherent = true;
  };
  # A merge with both interfaces, from the newer one.
  fromV2 = v2: {
    __functor = self: loc: defs: (self.v2 { inherit loc defs; }).value;
    inherit v2;
  };
  checkDefs =
    check: defs:
    let
      invalid = filter (def: !check def.value) defs;
    in
    if invalid == [ ] then null else { message = "Definition values: ${showDefs invalid}"; };

  # The description of a part, in parentheses when its wording would not hold together inside the whole.
  optionDescriptionPhrase =
    unparenthesised: t:
    if unparenthesised (t.descriptionClass or null) then t.description else "(${t.description})";
  nounOr = others: class: class == "noun" || elem class others;

  # ---- Shared builders ----

  plain =
    name: description: check:
    mkOptionType {
      inherit name description check;
      descriptionClass = "noun";
      merge = mergeEqualOption;
    };
  strWith =
    name: description: check:
    plain name description (v: isString v && check v);

  elemMeta = evaluated: mapAttrs (_: e: e.checkedAndMerged.valueMeta) evaluated;

  attrsWith =
    {
      elemType,
      lazy ? false,
      placeholder ? "name",
    }@payload:
    let
      full = {
        inherit elemType lazy placeholder;
      };
      name = if lazy then "lazyAttrsOf" else "attrsOf";
      evaluate =
        loc: defs:
        zipAttrsWith
          (
            key: defs:
            mergeDefinitions (loc ++ [ key ]) elemType defs
          )
          (
            map (
              def:
              mapAttrs (_: value: {
                inherit (def) file;
                inherit value;
              }) def.value
            ) defs
          );
    in
    mkOptionType {
      inherit name;
      description =
        (if lazy then "lazy attribute set" else "attribute set")
        + " of ${optionDescriptionPhrase (nounOr [ "composite" ]) elemType}";
      descriptionClass = "composite";
      check = isAttrs;
      merge = fromV2 (
        { loc, defs }:
        let
          evaluated = evaluate loc defs;
          # Which names there are needs every mkIf inside, unless lazy, where a false condition leaves a name without a value.
          present = if lazy then evaluated else filterAttrs (_: e: e.isDefined) evaluated;
          valueOf =
            e: if lazy && !e.isDefined then elemType.emptyValue.value or e.mergedValue else e.mergedValue;
        in
        {
          headError = checkDefs isAttrs defs;
          value = mapAttrs (_: valueOf) present;
          valueMeta.attrs = elemMeta present;
        }
      );
      emptyValue.value = { };
      getSubOptions = prefix: elemType.getSubOptions (prefix ++ [ "<${placeholder}>" ]);
      inherit (elemType) getSubModules;
      substSubModules = m: attrsWith (full // { elemType = elemType.substSubModules m; });
      functor = elementFunctor "attrsWith" attrsWith full // {
        binOp =
          a: b:
          let
            merged = a.elemType.typeMerge b.elemType.functor;
            chosen =
              if a.placeholder == b.placeholder then
                a.placeholder
              else if a.placeholder == "name" then
                b.placeholder
              else if b.placeholder == "name" then
                a.placeholder
              else
                null;
          in
          if merged == null || a.lazy != b.lazy || chosen == null then
            null
          else
            {
              elemType = merged;
              inherit (a) lazy;
              placeholder = chosen;
            };
      };
      nestedTypes.elemType = elemType;
    };

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
    mkOptionType {
      name = "deferredModule";
      description = "module";
      descriptionClass = "noun";
      check = v: isAttrs v || isFunction v || types.path.check v;
      merge = loc: defs: {
        imports =
          staticModules
          ++ map (
            def: lib.setDefaultModuleLocation "${def.file}, via option ${showOption loc}" def.value
          ) defs;
      };
      inherit
        (types.submoduleWith {
          modules = staticModules;
        })
        getSubOptions
        getSubModules
        ;
      substSubModules = m: deferredModuleWith (attrs // { staticModules = m; });
      functor = defaultFunctor "deferredModuleWith" // {
        type = deferredModuleWith;
        payload = { inherit staticModules; };
        binOp = a: b: { staticModules = a.staticModules ++ b.staticModules; };
      };
    };

  separatedString =
    sep:
    mkOptionType {
      name = "separatedString";
      description = if sep == "" then "Concatenated string" else "strings concatenated with ${builtins.toJSON sep}";
      descriptionClass = "noun";
      check = isString;
      merge = _: defs: concatStringsSep sep (lib.getValues defs);
      functor = defaultFunctor "separatedString" // {
        type = payload: separatedString payload.sep;
        payload = { inherit sep; };
        binOp = a: b: if a.sep == b.sep then a else null;
      };
    };

  pathWith =
    {
      inStore ? null,
      absolute ? null,
    }:
    assert lib.assertMsg (!(inStore == true && absolute == false))
      "In pathWith, inStore means the path must be absolute";
    let
      adjectives =
        {
          "true" = "";
          "false" = "relative ";
        }
        .${if absolute == null then "null" else lib.boolToString absolute} or "";
    in
    mkOptionType {
      name = "path";
      description =
        (if absolute == null then "" else if absolute then "absolute " else "relative ")
        + "path"
        + (if inStore == null then "" else if inStore then " in the Nix store" else " not in the Nix store");
      descriptionClass = "noun";
      merge = mergeEqualOption;
      check =
        v:
        let
          text = toString v;
          # A path below one store object; the store itself and its own bookkeeping are not.
          isInStore = builtins.match "${builtins.storeDir}/[0-9a-z]{32}-[^/]+(/.*)?" (builtins.unsafeDiscardStringContext text) != null;
          isAbsolute = builtins.substring 0 1 text == "/";
        in
        # A path value may be copied to the store at any time, so it does not count as being outside.
        (if inStore == false then isString v else isStringLike v)
        && (inStore == null || inStore == isInStore)
        && (absolute == null || absolute == isAbsolute);
      functor = defaultFunctor "path" // {
        type = pathWith;
        payload = { inherit inStore absolute; };
        binOp = a: b: if a == b then a else null;
      };
    };

  intBetween =
    lowest: highest:
    if lowest > highest then
      throw "ints.between: lowest must be smaller than highest"
    else
      types.addCheck types.int (v: v >= lowest && v <= highest)
      // {
        name = "intBetween";
        description = "integer between ${toString lowest} and ${toString highest} (both inclusive)";
      };
  sized =
    name: wording: bits: lowest: highest:
    intBetween lowest highest
    // {
      inherit name;
      description = "${toString bits} bit ${wording} integer; between ${toString lowest} and ${toString highest} (both inclusive)";
    };
  power =
    n: if n == 0 then 1 else 2 * power (n - 1);
  unsigned = bits: sized "unsignedInt${toString bits}" "unsigned" bits 0 (power bits - 1);
  signed = bits: sized "signedInt${toString bits}" "signed" bits (-(power (bits - 1))) (power (bits - 1) - 1);

  # Values that a serialisation format can hold; the type contains itself.
  serializable =
    {
      typeName,
      nullable ? true,
    }:
    let
      atoms = with types; [ bool int float str path ];
      alternatives = types.oneOf (atoms ++ [ (types.attrsOf valueType) (types.listOf valueType) ]);
      valueType = (if nullable then types.nullOr alternatives else alternatives) // {
        description = "${typeName} value";
        descriptionClass = "noun";
      };
    in
    valueType;

  types = rec {
    inherit
      attrsWith
      defaultFunctor
      defaultTypeMerge
      deferredModuleWith
      isOptionType
      isType
      mkOptionType
      optionDescriptionPhrase
      pathWith
      separatedString
      setType
      submoduleWith
      ;

    # ---- Anything ----

    raw = mkOptionType {
      name = "raw";
      description = "raw value";
      descriptionClass = "noun";
      merge = mergeOneOption;
    };
    unspecified = mkOptionType {
      name = "unspecified";
      description = "unspecified value";
      descriptionClass = "noun";
    };
    anything = mkOptionType {
      name = "anything";
      description = "anything";
      descriptionClass = "noun";
      merge =
        loc: defs:
        let
          kindOf = def: if isAttrs def.value && isStringLike def.value then "stringCoercibleSet" else typeOf def.value;
          kinds = lib.unique (map kindOf defs);
          merges = {
            set = (attrsOf anything).merge;
            lambda =
              loc: defs: arg:
              anything.merge (loc ++ [ "<function body>" ]) (
                map (def: def // { value = def.value arg; }) defs
              );
          };
        in
        if length kinds == 1 then
          (merges.${head kinds} or mergeEqualOption) loc defs
        else
          throw "The option `${showOption loc}' has conflicting option types in ${showFiles (lib.getFiles defs)}";
    };
    optionType = mkOptionType {
      name = "optionType";
      description = "optionType";
      descriptionClass = "noun";
      check = isOptionType;
      merge =
        loc: defs:
        if length defs == 1 then
          (head defs).value
        else
          let
            # The definitions become declarations of one option, whose merged type is the answer.
            asModules = map (
              { value, file }:
              {
                _file = file;
                options = lib.mkOption { type = value; };
              }
            ) defs;
            merged = lib.fixupOptionType loc (
              lib.mergeOptionDecls loc (map (m: {
                inherit (m) _file;
                options = m.options;
              }) asModules)
            );
          in
          merged.type;
    };

    # ---- Simple values ----

    bool = mkOptionType {
      name = "bool";
      description = "boolean";
      descriptionClass = "noun";
      check = isBool;
      merge = mergeEqualOption;
    };
    boolByOr = mkOptionType {
      name = "boolByOr";
      description = "boolean (merged using or)";
      descriptionClass = "noun";
      check = isBool;
      merge = _: defs: any (def: def.value) defs;
    };
    int = plain "int" "signed integer" isInt;
    float = plain "float" "floating point number" isFloat;
    number = either int float;
    numbers = {
      between =
        lowest: highest:
        addCheck number (v: v >= lowest && v <= highest)
        // {
          name = "numberBetween";
          description = "integer or floating point number between ${toString lowest} and ${toString highest} (both inclusive)";
        };
      nonnegative = addCheck number (v: v >= 0) // {
        name = "numberNonnegative";
        description = "nonnegative integer or floating point number, meaning >=0";
      };
      positive = addCheck number (v: v > 0) // {
        name = "numberPositive";
        description = "positive integer or floating point number, meaning >0";
      };
    };
    ints = {
      between = intBetween;
      unsigned = addCheck int (v: v >= 0) // {
        name = "unsignedInt";
        description = "unsigned integer, meaning >=0";
        descriptionClass = "nonRestrictiveClause";
      };
      positive = addCheck int (v: v > 0) // {
        name = "positiveInt";
        description = "positive integer, meaning >0";
        descriptionClass = "nonRestrictiveClause";
      };
      u8 = unsigned 8;
      u16 = unsigned 16;
      u32 = unsigned 32;
      s8 = signed 8;
      s16 = signed 16;
      s32 = signed 32;
    };
    port = ints.u16;

    str = plain "str" "string" isString;
    nonEmptyStr = strWith "nonEmptyStr" "non-empty string" (v: builtins.match "[ \t\n]*" v == null);
    singleLineStr =
      strMatching "[^\n\r]*\n?"
      // {
        name = "singleLineStr";
        description = "(optionally newline-terminated) single-line string";
        merge = loc: defs: lib.removeSuffix "\n" (mergeEqualOption loc defs);
      };
    strMatching =
      pattern:
      mkOptionType {
        name = "strMatching ${lib.strings.escapeNixString pattern}";
        description = "string matching the pattern ${pattern}";
        descriptionClass = "noun";
        check = v: str.check v && builtins.match pattern v != null;
        merge = mergeEqualOption;
        functor = defaultFunctor "strMatching" // {
          type = payload: strMatching payload.pattern;
          payload = { inherit pattern; };
          binOp = a: b: if a == b then a else null;
        };
      };
    lines = separatedString "\n";
    commas = separatedString ",";
    envVar = separatedString ":";
    passwdEntry =
      entryType:
      addCheck entryType (v: !(lib.hasInfix ":" v || lib.hasInfix "\n" v))
      // {
        name = "passwdEntry ${entryType.name}";
        description = "${
          optionDescriptionPhrase (class: class == "noun") entryType
        }, not containing newlines or colons";
        descriptionClass = "nonRestrictiveClause";
      };
    path = pathWith { absolute = true; };
    pathInStore = pathWith { inStore = true; };
    externalPath = pathWith {
      absolute = true;
      inStore = false;
    };
    package = mkOptionType {
      name = "package";
      description = "package";
      descriptionClass = "noun";
      check = v: lib.isDerivation v || lib.isStorePath v;
      merge =
        loc: defs:
        let
          value = mergeOneOption loc defs;
        in
        if builtins.isPath value || (isString value && !builtins.hasContext value) then
          lib.toDerivation value
        else
          value;
    };
    shellPackage = package // {
      check = v: lib.isDerivation v && v ? shellPath;
    };
    pkgs =
      addCheck (unique { message = "A Nixpkgs pkgs set can not be merged with another pkgs set."; } attrs) (
        v: v._type or null == "pkgs"
      )
      // {
        name = "pkgs";
        description = "Nixpkgs package set";
        descriptionClass = "noun";
      };
    fileset = mkOptionType {
      name = "fileset";
      description = "fileset";
      descriptionClass = "noun";
      check = lib.fileset.isFileset;
      merge = _: defs: lib.fileset.unions (lib.getValues defs);
      emptyValue.value = lib.fileset.empty;
    };
    attrs = mkOptionType {
      name = "attrs";
      description = "attribute set";
      check = isAttrs;
      merge = _: foldl' (acc: def: acc // def.value) { };
      emptyValue.value = { };
    };
    luaInline = mkOptionType {
      name = "luaInline";
      description = "inline lua";
      descriptionClass = "noun";
      check = isType "lua-inline";
      merge = mergeEqualOption;
    };
    optionDeclaration = mkOptionType {
      name = "optionDeclaration";
      description = "optionDeclaration";
      descriptionClass = "noun";
      check = isType "option";
      merge = mergeOneOption;
    };
    enum =
      values:
      let
        show =
          v:
          if isString v then
            ''"${v}"''
          else if isInt v then
            toString v
          else if isBool v then
            lib.boolToString v
          else
            "<${typeOf v}>";
      in
      mkOptionType {
        name = "enum";
        description =
          if values == [ ] then
            "impossible (empty enum)"
          else if length values == 1 then
            "value ${show (head values)} (singular enum)"
          else
            "one of ${lib.concatMapStringsSep ", " show values}";
        descriptionClass = if length values < 2 then "noun" else "conjunction";
        check = v: elem v values;
        merge = mergeEqualOption;
        functor = defaultFunctor "enum" // {
          type = payload: enum payload.values;
          payload = { inherit values; };
          binOp = a: b: { values = lib.unique (a.values ++ b.values); };
        };
      };

    # ---- Collections ----

    listOf =
      elemType:
      mkOptionType {
        name = "listOf";
        description = "list of ${optionDescriptionPhrase (nounOr [ "composite" ]) elemType}";
        descriptionClass = "composite";
        check = isList;
        merge = fromV2 (
          { loc, defs }:
          let
            evaluated = filter (e: e.isDefined) (
              lib.concatLists (
                lib.imap1 (
                  n: def:
                  lib.imap1 (
                    m: value:
                    mergeDefinitions (loc ++ [ "[definition ${toString n}-entry ${toString m}]" ]) elemType [
                      {
                        inherit (def) file;
                        inherit value;
                      }
                    ]
                  ) def.value
                ) defs
              )
            );
          in
          {
            headError = checkDefs isList defs;
            value = map (e: e.mergedValue) evaluated;
            valueMeta.list = map (e: e.checkedAndMerged.valueMeta) evaluated;
          }
        );
        emptyValue.value = [ ];
        getSubOptions = prefix: elemType.getSubOptions (prefix ++ [ "*" ]);
        inherit (elemType) getSubModules;
        substSubModules = m: listOf (elemType.substSubModules m);
        functor = elementFunctor "listOf" (payload: listOf payload.elemType) { inherit elemType; };
        nestedTypes.elemType = elemType;
      };
    nonEmptyListOf =
      elemType:
      let
        list = addCheck (listOf elemType) (v: v != [ ]);
      in
      list
      // {
        description = "non-empty ${optionDescriptionPhrase (class: class == "noun") list}";
        emptyValue = { };
        substSubModules = m: nonEmptyListOf (elemType.substSubModules m);
      };
    attrsOf = elemType: attrsWith { inherit elemType; };
    lazyAttrsOf =
      elemType:
      attrsWith {
        inherit elemType;
        lazy = true;
      };

    # Exactly one of several named alternatives, each with its own option.
    attrTag =
      tags:
      let
        tags' = mapAttrs (
          name: opt:
          if lib.isOption opt then
            opt
            // {
              declarations =
                opt.declarations
                  or (lib.optional (builtins.unsafeGetAttrPos name tags != null) (builtins.unsafeGetAttrPos name tags).file);
            }
          else
            throw "In attrTag, each tag value must be an option, but tag ${name} ${
              if isOptionType opt then "was a bare type, not wrapped in mkOption" else "was of type ${typeOf opt}"
            }."
        ) tags;
        choices = concatStringsSep ", " (map lib.strings.escapeNixIdentifier (attrNames tags));
      in
      mkOptionType {
        name = "attrTag";
        description = "attribute-tagged union${optionalString (tags != { }) " with choices: ${choices}"}";
        descriptionClass = "noun";
        check = v: isAttrs v && length (attrNames v) == 1 && tags ? ${head (attrNames v)};
        merge =
          loc: defs:
          let
            choice = head (attrNames (head defs).value);
            checked = map (
              def:
              let
                names = attrNames def.value;
              in
              if length names != 1 then
                throw "The option `${showOption loc}' is of type `attribute-tagged union', but it is defined with ${toString (length names)} attributes in ${showFiles [ def.file ]}; exactly one of ${choices} is expected."
              else if head names != choice then
                throw "The option `${showOption loc}` is defined both as `${choice}` and `${head names}`, in ${showFiles (lib.getFiles defs)}."
              else
                {
                  inherit (def) file;
                  value = def.value.${choice};
                }
            ) defs;
          in
          {
            ${choice} =
              (lib.evalOptionValue (loc ++ [ choice ]) (
                { type = unspecified; } // tags'.${choice}
              ) checked).value;
          };
        getSubOptions =
          prefix:
          mapAttrs (
            name: opt:
            opt
            // {
              loc = prefix ++ [ name ];
              declarationPositions = opt.declarationPositions or [ ];
            }
          ) tags';
        nestedTypes = mapAttrs (_: opt: opt.type or unspecified) tags;
        functor = defaultFunctor "attrTag" // {
          type = payload: attrTag payload.tags;
          payload = { tags = tags'; };
          # A tag of both is one option that was declared twice.
          binOp = a: b: {
            tags =
              a.tags
              // b.tags
              // mapAttrs (
                name: other:
                lib.mergeOptionDecls [ name ] (
                  map (opt: {
                    _file = lib.concatMapStringsSep " and " toString opt.declarations;
                    pos = null;
                    options = opt;
                  }) [ a.tags.${name} other ]
                )
              ) (builtins.intersectAttrs a.tags b.tags);
          };
        };
      };

    # ---- Types made of types ----

    uniq = unique { message = ""; };
    unique =
      { message }:
      inner:
      mkOptionType {
        name = "unique";
        inherit (inner)
          description
          descriptionClass
          check
          emptyValue
          getSubOptions
          getSubModules
          ;
        merge = mergeUniqueOption {
          inherit message;
          inherit (inner) merge;
        };
        substSubModules = m: unique { inherit message; } (inner.substSubModules m);
        functor = elementFunctor "unique" (payload: unique { inherit message; } payload.elemType) {
          elemType = inner;
        };
        nestedTypes.elemType = inner;
      };
    nullOr =
      elemType:
      let
        check = v: v == null || elemType.check v;
      in
      mkOptionType {
        name = "nullOr";
        description = "null or ${optionDescriptionPhrase (nounOr [ "conjunction" ]) elemType}";
        descriptionClass = "conjunction";
        inherit check;
        merge = fromV2 (
          { loc, defs }:
          let
            nulls = lib.count (def: def.value == null) defs;
            inner = mergeDefinitions loc elemType defs;
          in
          if nulls != 0 then
            {
              headError = null;
              value =
                if nulls == length defs then
                  null
                else
                  throw "The option `${showOption loc}` is defined both null and not null, in ${showFiles (lib.getFiles defs)}.";
              valueMeta = { };
            }
          else
            { inherit (inner.checkedAndMerged) headError value valueMeta; }
        );
        emptyValue.value = null;
        inherit (elemType) getSubOptions getSubModules;
        substSubModules = m: nullOr (elemType.substSubModules m);
        functor = elementFunctor "nullOr" (payload: nullOr payload.elemType) { inherit elemType; };
        nestedTypes.elemType = elemType;
      };
    functionTo =
      elemType:
      mkOptionType {
        name = "functionTo";
        description = "function that evaluates to a(n) ${optionDescriptionPhrase (nounOr [ "composite" ]) elemType}";
        descriptionClass = "composite";
        check = isFunction;
        merge = loc: defs: {
          # The argument names of all definitions stay readable on the merged function.
          __functionArgs = foldl' (
            acc: args:
            acc // mapAttrs (name: optional: optional && acc.${name} or true) args
          ) { } (map (def: lib.functionArgs def.value) defs);
          __functor =
            _: arg:
            (mergeDefinitions (loc ++ [ "<function body>" ]) elemType (
              map (def: def // { value = def.value arg; }) defs
            )).mergedValue;
        };
        getSubOptions = prefix: elemType.getSubOptions (prefix ++ [ "<function body>" ]);
        inherit (elemType) getSubModules;
        substSubModules = m: functionTo (elemType.substSubModules m);
        functor = elementFunctor "functionTo" (payload: functionTo payload.elemType) { inherit elemType; };
        nestedTypes.elemType = elemType;
      };
    either =
      t1: t2:
      mkOptionType {
        name = "either";
        description =
          if t1.description == null || t2.description == null then
            null
          else
            "${
              optionDescriptionPhrase (nounOr [
                "conjunction"
                "nonRestrictiveClause"
              ]) t1
            }${optionalString (t1.descriptionClass or null == "nonRestrictiveClause") ","} or ${
              optionDescriptionPhrase (nounOr [
                "conjunction"
                "composite"
              ]) t2
            }";
        descriptionClass = "conjunction";
        check = v: t1.check v || t2.check v;
        merge = fromV2 (
          { loc, defs }:
          let
            values = lib.getValues defs;
            accepts = t: requireCoherentCheck loc t (all t.check values);
            chosen =
              if accepts t1 then
                t1
              else if accepts t2 then
                t2
              else
                null;
            inner = mergeDefinitions loc chosen defs;
          in
          if chosen == null then
            rec {
              headError = {
                message = "The option `${showOption loc}` is neither a value of type `${t1.description}` nor `${t2.description}`, Definition values: ${showDefs defs}";
              };
              # Only reached when someone merges without looking at `headError`.
              value = lib.warn "One or more definitions did not pass the type-check of the 'either' type. ${headError.message}" (
                mergeOneOption loc defs
              );
              valueMeta = { };
            }
          else
            { inherit (inner.checkedAndMerged) headError value valueMeta; }
        );
        typeMerge =
          f':
          let
            m1 = if f' ? payload.elemType then t1.typeMerge (elemAt f'.payload.elemType 0).functor else null;
            m2 = t2.typeMerge (elemAt f'.payload.elemType 1).functor;
          in
          if f'.name == "either" && m1 != null && m2 != null then either m1 m2 else null;
        functor = defaultFunctor "either" // {
          type = payload: either (elemAt payload.elemType 0) (elemAt payload.elemType 1);
          payload.elemType = [
            t1
            t2
          ];
        };
        nestedTypes = {
          left = t1;
          right = t2;
        };
      };
    oneOf =
      ts:
      if ts == [ ] then
        throw "types.oneOf needs to get at least one type in its argument"
      else
        foldl' either (head ts) (tail ts);
    coercedTo =
      from: coerce: to:
      assert lib.assertMsg (from.getSubModules or null == null)
        "coercedTo: coercedType must not have submodules (it’s a ${from.description})";
      mkOptionType {
        name = "coercedTo";
        description = "${optionDescriptionPhrase (class: class == "noun") to} or ${
          optionDescriptionPhrase (class: class == "noun") from
        } convertible to it";
        check = v: (from.check v && to.check (coerce v)) || to.check v;
        merge = fromV2 (
          { loc, defs }:
          let
            coerced = map (
              def: def // { value = if from.check def.value then coerce def.value else def.value; }
            ) defs;
            inner = mergeDefinitions loc to coerced;
            # Checked on what was written, not on what it became, so that the message shows the former.
            accepts =
              v: if requireCoherentCheck loc from (from.check v) then to.check (coerce v) else to.check v;
          in
          {
            inherit (inner.checkedAndMerged) value valueMeta;
            headError = requireCoherentCheck loc to (checkDefs accepts defs);
          }
        );
        inherit (to) emptyValue getSubOptions getSubModules;
        substSubModules = m: coercedTo from coerce (to.substSubModules m);
        typeMerge = _: null;
        functor = defaultFunctor "coercedTo";
        nestedTypes = {
          coercedType = from;
          finalType = to;
        };
      };
    addCheck =
      inner: check:
      let
        both = v: inner.check v && check v;
      in
      if inner.merge ? v2 then
        inner
        // {
          check = coherentCheck both;
          merge = fromV2 (
            { loc, defs }:
            let
              result = requireCoherentCheck loc inner (inner.merge.v2 { inherit loc defs; });
            in
            result
            // {
              headError = if result.headError != null then result.headError else checkDefs both defs;
            }
          );
        }
      else
        inner // { check = both; };

    # ---- Modules ----

    submodule =
      modules:
      submoduleWith {
        shorthandOnlyDefinesConfig = true;
        modules = lib.toList modules;
      };
    deferredModule = deferredModuleWith { };

    json = serializable { typeName = "JSON"; };
    # TOML has no null.
    toml = serializableValueWith {
      typeName = "TOML";
      nullable = false;
    };
    serializableValueWith = serializable;

    # An old name; see `attrsOf`.
    loaOf =
      elemType:
      attrsOf elemType
      // {
        name = "loaOf";
        deprecationMessage = "Mixing lists with attribute values is no longer possible; please use `types.attrsOf` instead.";
      };

    # The type of two declarations together, or a value of type `merge-error` that holds both.
    mergeTypes =
      a: b:
      let
        merged = a.typeMerge b.functor;
      in
      if isOptionType a && isOptionType b && merged != null then
        merged
      else
        setType "merge-error" { error = { inherit a b; }; };
    noCheckForDocsModule._module.check = lib.mkForce false;

    inherit types;
  };
in
types
