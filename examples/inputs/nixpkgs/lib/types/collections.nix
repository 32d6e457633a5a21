# Types of lists and sets, which merge element by element, and of a choice between named alternatives.
{ lib, core }:
let
  inherit (builtins)
    attrNames
    concatStringsSep
    filter
    head
    isAttrs
    isList
    length
    mapAttrs
    typeOf
    zipAttrsWith
    ;
  inherit (lib) filterAttrs mergeDefinitions mkOption optionalString showFiles showOption;
  inherit (core)
    checkDefs
    defaultFunctor
    elementFunctor
    fromV2
    isOptionType
    mkOptionType
    nounOr
    optionDescriptionPhrase
    ;
  inherit (lib.types) addCheck unspecified;

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
      any = addCheck (listOf elemType) (v: v != [ ]);
    in
    any
    // {
      substSubModules = modules: nonEmptyListOf (elemType.substSubModules modules);
      # There is no such list to begin with.
      emptyValue = { };
      description = "non-empty ${optionDescriptionPhrase (class: class == "noun") any}";
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
      check = v: isAttrs v && builtins.any (tag: attrNames v == [ tag ]) (attrNames tags);
      merge =
        loc: defs:
        let
          inherit (head (lib.attrsToList (head defs).value)) name;
          choice = name;
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

  # An old name; see `attrsOf`.
  loaOf =
    elemType:
    attrsOf elemType
    // {
      name = "loaOf";
      deprecationMessage = "Mixing lists with attribute values is no longer possible; please use `types.attrsOf` instead.";
    };
in
{
  inherit attrTag attrsOf attrsWith lazyAttrsOf listOf loaOf nonEmptyListOf;
}
