# Types of single values: anything, numbers, strings, paths, packages, enumerations, and what file formats can hold.
{ lib, core }:
let
  inherit (builtins)
    any
    concatStringsSep
    elem
    foldl'
    head
    isAttrs
    isBool
    isFloat
    isInt
    isString
    length
    typeOf
    ;
  inherit (lib) isStringLike mergeEqualOption mergeOneOption showFiles showOption types;
  inherit (core) defaultFunctor isOptionType isType mkOptionType optionDescriptionPhrase;
  inherit (lib.types) addCheck attrsOf either unique;

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

  json = serializable { typeName = "JSON"; };
  # TOML has no null.
  toml = serializableValueWith {
    typeName = "TOML";
    nullable = false;
  };
  serializableValueWith = serializable;
in
{
  inherit
    anything
    attrs
    bool
    boolByOr
    commas
    enum
    envVar
    externalPath
    fileset
    float
    int
    ints
    json
    lines
    luaInline
    nonEmptyStr
    number
    numbers
    optionDeclaration
    optionType
    package
    passwdEntry
    path
    pathInStore
    pathWith
    pkgs
    port
    raw
    separatedString
    serializableValueWith
    shellPackage
    singleLineStr
    str
    strMatching
    toml
    unspecified
    ;
}
