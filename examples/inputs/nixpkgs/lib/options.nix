# Option declarations and how they are shown: `mkOption` and friends, the simple merge functions, and the
# `options.json`-like list that documentation is generated from.
{ lib }:
let
  inherit (builtins)
    all
    any
    concatLists
    concatStringsSep
    foldl'
    head
    isAttrs
    isBool
    isInt
    isList
    isString
    length
    tail
    ;
  inherit (lib)
    concatMap
    isFunction
    last
    optional
    optionalAttrs
    optionalString
    take
    ;

  # The text of one definition, cut after five lines: what error messages print.
  showDefinition =
    def:
    let
      pretty = lib.generators.toPretty { } (
        lib.generators.withRecursion {
          depthLimit = 10;
          throwOnDepthLimit = false;
        } def.value
      );
      # Printing may throw when the value itself throws; the message must still name the file.
      shown = builtins.tryEval (builtins.deepSeq pretty pretty);
      rows = lib.splitString "\n" shown.value;
      cut = concatStringsSep "\n    " (take 5 rows ++ optional (length rows > 5) "...");
      text = if length rows > 1 then ":\n    ${cut}" else optionalString (cut != "") ": ${cut}";
    in
    "\n- In `${def.file}'" + (if shown.success then text else "");
in
rec {
  isOption = lib.isType "option";

  mkOption =
    {
      apply ? null,
      default ? null,
      defaultText ? null,
      description ? null,
      example ? null,
      internal ? null,
      readOnly ? null,
      relatedPackages ? null,
      type ? null,
      visible ? null,
    }@attrs:
    attrs // { _type = "option"; };

  mkEnableOption =
    what:
    mkOption {
      type = lib.types.bool;
      description = "Whether to enable ${what}.";
      default = false;
      example = true;
    };

  mkPackageOption =
    pkgs: name:
    {
      nullable ? false,
      default ? name,
      example ? null,
      extraDescription ? "",
      pkgsText ? "pkgs",
    }:
    let
      names = if isList name then name else [ name ];
      path = if isList default then default else [ default ];
      text = lib.showAttrPath path;
      type = if nullable then lib.types.nullOr lib.types.package else lib.types.package;
      missing = throw "${pkgsText}.${text} cannot be found in ${pkgsText}";
      exampleText = if isList example then "${pkgsText}.${lib.showAttrPath example}" else example;
    in
    mkOption (
      {
        inherit type;
        description =
          "The ${last names} package to use." + optionalString (extraDescription != "") " ${extraDescription}";
      }
      // optionalAttrs (default != null) {
        default = lib.attrByPath path missing pkgs;
        defaultText = literalExpression "${pkgsText}.${text}";
      }
      // optionalAttrs (nullable && default == null) { default = null; }
      // optionalAttrs (example != null) { example = literalExpression exampleText; }
    );

  # Accepts any definition: for modules that are evaluated without the modules that declare their options.
  mkSinkUndeclaredOptions =
    attrs:
    mkOption (
      {
        type = lib.mkOptionType {
          name = "sink";
          merge = _: _: false;
          check = _: true;
        };
        apply = _: throw "Option value is not readable because the option is not declared.";
        default = false;
        description = "Takes definitions of options that nothing declares.";
        internal = true;
        visible = false;
      }
      // attrs
    );

  mergeDefaultOption =
    loc: defs:
    let
      values = getValues defs;
    in
    if length values == 1 then
      head values
    else if all isFunction values then
      x: mergeDefaultOption loc (map (d: d // { value = d.value x; }) defs)
    else if all isList values then
      concatLists values
    else if all isAttrs values then
      foldl' lib.mergeAttrs { } values
    else if all isBool values then
      any (b: b) values
    else if all isString values then
      lib.concatStrings values
    else if all isInt values && all (v: v == head values) values then
      head values
    else
      throw "Cannot merge definitions of `${showOption loc}'. Definition values:${showDefs defs}";

  mergeOneOption = mergeUniqueOption { message = ""; };
  mergeUniqueOption =
    {
      message,
      merge ? null,
    }:
    loc: defs:
    let
      only = head defs;
      complaint = [
        "The option `${showOption loc}' is defined multiple times while it's expected to be unique."
        message
        "Definition values:${showDefs defs}"
        prioritySuggestion
      ];
    in
    if length defs > 1 then
      throw (concatStringsSep "\n" complaint)
    else if merge != null then
      merge loc defs
    else
      only.value;
  # Values are compared with the first one only, and not at all when there is nothing to compare with.
  mergeEqualOption =
    loc: defs:
    let
      first = head defs;
      other = lib.findFirst (def: first.value != def.value) null (tail defs);
      both = showDefs [ first other ];
    in
    if other == null then
      first.value
    else
      throw "The option `${showOption loc}' has conflicting definition values:${both}\n${prioritySuggestion}";
  # Gives `result`, unless the type's `check` was replaced by `type // { check = ...; }`: such a check would not be asked.
  requireCoherentCheck =
    loc: type: result:
    if type.merge ? v2 && !(type.check.isV2MergeCoherent or false) then
      throw "The type of option `${showOption loc}', `${type.description}', has a `check` of its own that its merge function never asks. Use `lib.types.addCheck` to narrow a type."
    else
      result;
  prioritySuggestion = "Use `lib.mkForce value` or `lib.mkDefault value` to change the priority on any of these definitions.";

  getValues = map (def: def.value);
  getFiles = map (def: def.file);

  literalExpression = text: {
    _type = "literalExpression";
    inherit text;
  };
  literalCode = _: text: literalExpression text;
  literalMD = text: {
    _type = "literalMD";
    inherit text;
  };
  scrubOptionValue =
    v:
    if lib.isDerivation v then
      v
      // {
        type = "derivation";
        drvPath = v.name;
        outPath = v.name;
        name = v.name;
      }
    else if isList v then
      map scrubOptionValue v
    else if isAttrs v then
      builtins.mapAttrs (_: scrubOptionValue) (removeAttrs v [ "_args" ])
    else
      v;
  # Text that says how to write a value counts as it is; any other value is printed.
  renderOptionValue =
    value:
    let
      print = lib.generators.toPretty {
        allowPrettyValues = true;
        multiline = true;
      };
      isText = isAttrs value && value ? text && value ? _type;
    in
    if isText then value else literalExpression (print value);

  optionAttrSetToDocList = options: concatMap pageOf (lib.collect isOption options);
  optionAttrSetToDocList' = _: optionAttrSetToDocList;
  # The page of one option, and those of the options inside its values.
  pageOf =
    opt:
    let
      visibility = opt.visible or true;
      inside = opt.type.getSubOptions opt.loc;
      # A submodule's empty value is its whole configuration; that is shown option by option instead.
      startsEmpty = opt.type ? emptyValue.value && opt.type.getSubModules == null;
      shown =
        wanted: name: value:
        optionalAttrs wanted { ${name} = value; };
      page = {
        name = showOption opt.loc;
        inherit (opt) loc;
        type = opt.type.description or "unspecified";
        description = opt.description or null;
        declarations = builtins.filter (file: file != unknownModule) opt.declarations;
        readOnly = opt.readOnly or false;
        internal = opt.internal or false;
        visible = visibility != false && visibility != "transparent";
      };
    in
    [
      (
        page
        // shown (opt ? default || opt ? defaultText || startsEmpty) "default" (
          renderOptionValue (opt.defaultText or opt.default or opt.type.emptyValue.value)
        )
        // shown (opt ? example) "example" (renderOptionValue opt.example)
        // shown (opt.relatedPackages or null != null) "relatedPackages" opt.relatedPackages
      )
    ]
    ++ lib.optionals ((visibility == true || visibility == "transparent") && inside != { }) (
      optionAttrSetToDocList inside
    );

  showOption =
    parts:
    concatStringsSep "." (
      map (
        part:
        # Placeholders such as <name> and "*" stand for any name and are never quoted.
        if builtins.match "<.*>" part != null || part == "*" then
          part
        else
          lib.strings.escapeNixIdentifier part
      ) parts
    );
  showFiles = files: lib.concatMapStringsSep " and " (f: "`${f}'") files;
  showDefs = lib.concatMapStrings showDefinition;
  showOptionWithDefLocs =
    opt:
    "${showOption opt.loc}, with values defined in:\n${
      lib.concatMapStringsSep "\n" (f: "  - ${f}") opt.files
    }\n";
  unknownModule = "<unknown-file>";
}
