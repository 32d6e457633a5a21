# Types made of other types: one of two, null or a value, a value that is turned into another first.
{ lib, core }:
let
  inherit (builtins) all elemAt foldl' head length mapAttrs tail;
  inherit (lib)
    isFunction
    mergeDefinitions
    mergeOneOption
    mergeUniqueOption
    optional
    optionalString
    showFiles
    showOption
    ;
  inherit (core)
    checkDefs
    coherentCheck
    defaultFunctor
    elementFunctor
    fromV2
    mkOptionType
    nounOr
    optionDescriptionPhrase
    ;
  inherit (lib.options) requireCoherentCheck showDefs;

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
in
{
  inherit addCheck coercedTo either functionTo nullOr oneOf uniq unique;
}
