# The value of one option: its definitions with properties decided, the strongest of them, in order, checked and merged.
{ lib }:
let
  inherit (builtins)
    addErrorContext
    any
    concatMap
    filter
    foldl'
    head
    isAttrs
    isBool
    length
    mapAttrs
    ;
  inherit (lib) optional optionalAttrs showFiles showOption warn;
  inherit (lib.modules) mkIf mkOptionDefault mkOverride;
  inherit (lib.options) showDefs;

  defaultOverridePriority = 100;
  defaultOrderPriority = 1000;

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
            highestPrio = defaultOverridePriority;
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
    {
      merge = concatMap pushDownProperties cfg.contents;
      "if" = map (mapUnlessPlain (mkIf cfg.condition)) (pushDownProperties cfg.content);
      override = map (mapUnlessPlain (mkOverride cfg.priority)) (pushDownProperties cfg.content);
    }
    .${propertyOf cfg} or [ cfg ];
  # What is not an attribute set passes through, so that the error about it can name the option.
  mapUnlessPlain = f: v: if isAttrs v then mapAttrs (_: f) v else v;

  # The values that a definition stands for, with `mkIf` decided and `mkMerge` flattened.
  dischargeProperties =
    v:
    {
      merge = concatMap dischargeProperties v.contents;
      "if" =
        if !isBool v.condition then
          throw "‘mkIf’ called with a non-Boolean condition"
        else
          concatMap dischargeProperties (lib.optional v.condition v.content);
    }
    .${propertyOf v} or [ v ];

  # Which property is around a value; "" for none.
  propertyOf = v: v._type or "";
  # A definition whose value has a property, as `unwrap` wants it; any other as it is.
  unwrapped =
    property: unwrap: def:
    if propertyOf def.value == property then unwrap def.value (def // { value = def.value.content; }) else def;

  filterOverrides = defs: (filterOverrides' defs).values;
  filterOverrides' =
    defs:
    let
      priorityOf = { value, ... }: if propertyOf value == "override" then value.priority else defaultOverridePriority;
      plain = map (unwrapped "override" (_: def: def));
      # What is set weaker than 9999 is as good as not set.
      strongest = foldl' (strongest: def: lib.min strongest (priorityOf def)) 9999 defs;
      only = head defs;
    in
    # One definition wins whatever its priority is, and nothing has to be compared.
    if length defs == 1 then
      {
        highestPrio = priorityOf only;
        values = plain defs;
      }
    else
      {
        highestPrio = strongest;
        values = plain (filter (def: priorityOf def == strongest) defs);
      };

  sortProperties =
    defs:
    let
      rank = def: def.priority or defaultOrderPriority;
      ranked = unwrapped "order" (order: def: def // { inherit (order) priority; });
    in
    lib.sort (a: b: rank a < rank b) (map ranked defs);
in
{
  inherit
    defaultOrderPriority
    defaultOverridePriority
    dischargeProperties
    evalOptionValue
    filterOverrides
    filterOverrides'
    mergeDefinitions
    pushDownProperties
    sortProperties
    ;
}
