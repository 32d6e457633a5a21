# Types of single values: anything, numbers, strings, paths, packages, enumerations, and what file formats can hold.
{ lib, core }:
let
  inherit (builtins)
    any
    concatStringsSep
    elem
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

  # Most types here are a name, how people call it, and what is special about it.
  noun = name: description: special: mkOptionType (special // { inherit name description; descriptionClass = "noun"; });
  plain = name: description: check: noun name description { inherit check; merge = mergeEqualOption; };
  # A type that accepts less than another one.
  narrowed = base: accepts: naming: addCheck base accepts // naming;
  # A type with parameters: two of them are one if `join` finds parameters that serve both.
  parametric = name: make: payload: join: defaultFunctor name // { type = make; binOp = join; inherit payload; };
  same = a: b: if a == b then a else null;
  strWith =
    name: description: check:
    plain name description (v: isString v && check v);

  separatedString =
    sep:
    noun "separatedString"
      (if sep == "" then "Concatenated string" else "strings concatenated with ${builtins.toJSON sep}")
      {
        check = isString;
        merge = _: defs: concatStringsSep sep (lib.getValues defs);
        functor = parametric "separatedString" (payload: separatedString payload.sep) { inherit sep; } same;
      };

  pathWith =
    {
      inStore ? null,
      absolute ? null,
    }:
    assert lib.assertMsg (!(inStore == true && absolute == false))
      "In pathWith, inStore means the path must be absolute";
    let
      # Of the three answers to each question, the one that was not asked has nothing to say.
      said = answer: yes: no: if answer == null then "" else if answer then yes else no;
      storeObject = "${builtins.storeDir}/[0-9a-z]{32}-[^/]+(/.*)?";
      holds = asked: isSo: asked == null || asked == isSo;
    in
    noun "path" "${said absolute "absolute " "relative "}path${said inStore " in the Nix store" " not in the Nix store"}" {
      merge = mergeEqualOption;
      check =
        v:
        let
          text = toString v;
          # A path below one store object; the store itself and its own bookkeeping are not.
          inside = builtins.match storeObject (builtins.unsafeDiscardStringContext text) != null;
        in
        # A path value may be copied to the store at any time, so it does not count as being outside.
        (if inStore == false then isString v else isStringLike v)
        && holds inStore inside
        && holds absolute (builtins.substring 0 1 text == "/");
      functor = parametric "path" pathWith { inherit absolute inStore; } same;
    };

  span = lowest: highest: "between ${toString lowest} and ${toString highest} (both inclusive)";
  within = lowest: highest: v: lowest <= v && v <= highest;
  intBetween =
    lowest: highest:
    if highest < lowest then
      throw "ints.between: lowest must be smaller than highest"
    else
      narrowed types.int (within lowest highest) {
        name = "intBetween";
        description = "integer ${span lowest highest}";
      };
  sized =
    name: wording: bits: lowest: highest:
    intBetween lowest highest
    // {
      inherit name;
      description = "${toString bits} bit ${wording} integer; ${span lowest highest}";
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

  raw = noun "raw" "raw value" { merge = mergeOneOption; };
  unspecified = noun "unspecified" "unspecified value" { };
  # Sets are merged by attribute, functions by what they return, and everything else has to be equal.
  anything = noun "anything" "anything" {
    merge =
      loc: defs:
      let
        kindOf = { value, ... }: if isAttrs value && isStringLike value then "stringCoercibleSet" else typeOf value;
        kinds = lib.unique (map kindOf defs);
        applied = argument: map (def: def // { value = def.value argument; }) defs;
        mergeOf = {
          set = (attrsOf anything).merge loc defs;
          lambda = argument: anything.merge (loc ++ [ "<function body>" ]) (applied argument);
        };
      in
      if length kinds > 1 then
        throw "The option `${showOption loc}' has conflicting option types in ${showFiles (lib.getFiles defs)}"
      else
        mergeOf.${head kinds} or (mergeEqualOption loc defs);
  };
  # Several definitions become declarations of one option, whose merged type is the answer.
  optionType = noun "optionType" "optionType" {
    check = isOptionType;
    merge =
      loc: defs:
      let
        declaration = def: { _file = def.file; options = lib.mkOption { type = def.value; }; };
        merged = lib.fixupOptionType loc (lib.mergeOptionDecls loc (map declaration defs));
      in
      if length defs > 1 then merged.type else (head defs).value;
  };

  bool = plain "bool" "boolean" isBool;
  boolByOr = noun "boolByOr" "boolean (merged using or)" {
    check = isBool;
    merge = _: any (def: def.value);
  };
  int = plain "int" "signed integer" isInt;
  float = plain "float" "floating point number" isFloat;
  number = either int float;
  numbers = {
    between =
      lowest: highest:
      narrowed number (within lowest highest) {
        name = "numberBetween";
        description = "integer or floating point number ${span lowest highest}";
      };
    nonnegative = narrowed number (v: 0 <= v) {
      name = "numberNonnegative";
      description = "nonnegative integer or floating point number, meaning >=0";
    };
    positive = narrowed number (v: 0 < v) {
      name = "numberPositive";
      description = "positive integer or floating point number, meaning >0";
    };
  };
  # Descriptions that end in what is meant read on as they are, without brackets around them.
  remark = naming: naming // { descriptionClass = "nonRestrictiveClause"; };
  ints = {
    between = intBetween;
    unsigned = narrowed int (v: 0 <= v) (remark {
      description = "unsigned integer, meaning >=0";
      name = "unsignedInt";
    });
    positive = narrowed int (v: 0 < v) (remark {
      description = "positive integer, meaning >0";
      name = "positiveInt";
    });
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
  strMatching =
    pattern:
    noun "strMatching ${lib.strings.escapeNixString pattern}" "string matching the pattern ${pattern}" {
      merge = mergeEqualOption;
      check = v: isString v && builtins.match pattern v != null;
      functor = parametric "strMatching" (payload: strMatching payload.pattern) { inherit pattern; } same;
    };
  # One newline at the end is taken away, so that what a file holds may be the value.
  singleLineStr = strMatching "[^\n\r]*\n?" // {
    name = "singleLineStr";
    merge = loc: defs: lib.removeSuffix "\n" (mergeEqualOption loc defs);
    description = "(optionally newline-terminated) single-line string";
  };
  commas = separatedString ",";
  envVar = separatedString ":";
  lines = separatedString "\n";
  passwdEntry =
    entry:
    narrowed entry (v: builtins.all (separator: !lib.hasInfix separator v) [ ":" "\n" ]) (remark {
      description = "${optionDescriptionPhrase (class: class == "noun") entry}, not containing newlines or colons";
      name = "passwdEntry ${entry.name}";
    });
  path = pathWith { absolute = true; };
  pathInStore = pathWith { inStore = true; };
  externalPath = pathWith {
    absolute = true;
    inStore = false;
  };
  package = noun "package" "package" {
    check = v: lib.isDerivation v || lib.isStorePath v;
    merge =
      loc: defs:
      let
        value = mergeOneOption loc defs;
        isBarePath = builtins.isPath value || (isString value && !builtins.hasContext value);
      in
      if isBarePath then lib.toDerivation value else value;
  };
  shellPackage = package // {
    check = v: v ? shellPath && lib.isDerivation v;
  };
  pkgs =
    narrowed (unique { message = "A Nixpkgs pkgs set can not be merged with another pkgs set."; } attrs)
      (isType "pkgs")
      {
        name = "pkgs";
        description = "Nixpkgs package set";
        descriptionClass = "noun";
      };
  fileset = noun "fileset" "fileset" {
    emptyValue.value = lib.fileset.empty;
    check = lib.fileset.isFileset;
    merge = _: defs: lib.fileset.unions (lib.getValues defs);
  };
  attrs = mkOptionType {
    name = "attrs";
    description = "attribute set";
    emptyValue.value = { };
    check = isAttrs;
    merge = _: defs: lib.mergeAttrsList (lib.getValues defs);
  };
  luaInline = plain "luaInline" "inline lua" (isType "lua-inline");
  optionDeclaration = noun "optionDeclaration" "optionDeclaration" {
    check = isType "option";
    merge = mergeOneOption;
  };
  enum =
    values:
    let
      show =
        v:
        {
          string = "\"${v}\"";
          int = toString v;
          bool = lib.boolToString v;
        }
        .${typeOf v} or "<${typeOf v}>";
      choice = {
        "0" = "impossible (empty enum)";
        "1" = "value ${show (head values)} (singular enum)";
      };
    in
    mkOptionType {
      name = "enum";
      description = choice.${toString (length values)} or "one of ${lib.concatMapStringsSep ", " show values}";
      descriptionClass = if length values > 1 then "conjunction" else "noun";
      merge = mergeEqualOption;
      check = v: elem v values;
      functor = parametric "enum" (payload: enum payload.values) { inherit values; } (
        a: b: { values = lib.unique (a.values ++ b.values); }
      );
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
