# What all types are made with: `mkOptionType`, the merging of two declarations' types, and both interfaces of `merge`.
{ lib }:
let
  inherit (builtins) elem filter;
  inherit (lib.options) mergeDefaultOption showDefs;

  isType = name: v: v._type or null == name;
  setType = name: v: v // { _type = name; };

  # ---- Merging the types of two declarations ----

  defaultFunctor = name: {
    inherit name;
    type = lib.types.${name} or null;
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
in
{
  inherit
    checkDefs
    coherentCheck
    defaultFunctor
    defaultTypeMerge
    elementFunctor
    fromV2
    isOptionType
    isType
    mergeTypes
    mkOptionType
    nounOr
    optionDescriptionPhrase
    setType
    ;
}
