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
      default ? null,
      defaultText ? null,
      example ? null,
      description ? null,
      relatedPackages ? null,
      type ? null,
      apply ? null,
      internal ? null,
      visible ? null,
      readOnly ? null,
    }@attrs:
    attrs // { _type = "option"; };

  mkEnableOption =
    name:
    mkOption {
      default = false;
      example = true;
      description = "Whether to enable ${name}.";
      type = lib.types.bool;
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
        internal = true;
        visible = false;
        default = false;
        description = "Sink for option definitions.";
        type = lib.mkOptionType {
          name = "sink";
          check = _: true;
          merge = _: _: false;
        };
        apply = _: throw "Option value is not readable because the option is not declared.";
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
    if length defs != 1 then
      throw "The option `${showOption loc}' is defined multiple times while it's expected to be unique.\n${message}\nDefinition values:${showDefs defs}\n${prioritySuggestion}"
    else if merge == null then
      (head defs).value
    else
      merge loc defs;
  mergeEqualOption =
    loc: defs:
    if defs == [ ] then
      abort "This case should never happen."
    else if length defs == 1 then
      (head defs).value
    else
      (foldl' (
        first: def:
        if def.value == first.value then
          first
        else
          throw "The option `${showOption loc}' has conflicting definition values:${
            showDefs [
              first
              def
            ]
          }\n${prioritySuggestion}"
      ) (head defs) (tail defs)).value;
  # Gives `result`, unless the type's `check` was replaced by `type // { check = ...; }`: such a check would not be asked.
  requireCoherentCheck =
    loc: type: result:
    if !(type.merge ? v2) || type.check.isV2MergeCoherent or false then
      result
    else
      throw ''
        The option `${showOption loc}' has a type `${type.description}' that uses
        an ad-hoc `type // { check = ...; }' override, which is incompatible with
        the v2 merge mechanism.

        Please use `lib.types.addCheck` instead of `type // { check }' to add
        custom validation.
      '';
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
  renderOptionValue =
    v:
    if v ? _type && v ? text then
      v
    else
      literalExpression (
        lib.generators.toPretty {
          multiline = true;
          allowPrettyValues = true;
        } v
      );

  optionAttrSetToDocList = optionAttrSetToDocList' [ ];
  optionAttrSetToDocList' =
    _: options:
    concatMap (
      opt:
      let
        doc = {
          inherit (opt) loc;
          name = showOption opt.loc;
          description = opt.description or null;
          declarations = lib.filter (f: f != unknownModule) opt.declarations;
          internal = opt.internal or false;
          visible = opt.visible or true != false && opt.visible or true != "transparent";
          readOnly = opt.readOnly or false;
          type = opt.type.description or "unspecified";
        }
        // optionalAttrs (opt ? example) { example = renderOptionValue opt.example; }
        // optionalAttrs (opt ? defaultText || opt ? default || emptyIsPlain) {
          default = renderOptionValue (opt.defaultText or opt.default or opt.type.emptyValue.value);
        }
        // optionalAttrs (opt.relatedPackages or null != null) { inherit (opt) relatedPackages; };
        # A submodule's empty value is its whole configuration; that is shown option by option instead.
        emptyIsPlain = opt.type ? emptyValue.value && opt.type.getSubModules == null;
        nested = opt.type.getSubOptions opt.loc;
        visible = opt.visible or true;
        descend = nested != { } && (visible == "transparent" || visible == true);
      in
      [ doc ] ++ lib.optionals descend (optionAttrSetToDocList nested)
    ) (lib.collect isOption options);

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
