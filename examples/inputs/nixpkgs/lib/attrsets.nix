# Attribute sets. Names come back in alphabetical order, as the language gives them.
{ lib }:
let
  inherit (builtins)
    concatMap
    elemAt
    foldl'
    head
    isAttrs
    length
    tail
    ;
  inherit (lib) showOption;

  nth = list: elemAt list;
in
rec {
  inherit (builtins)
    attrNames
    attrValues
    catAttrs
    getAttr
    hasAttr

    intersectAttrs
    isAttrs
    listToAttrs
    mapAttrs
    removeAttrs
    zipAttrsWith
    ;

  nameValuePair = name: value: { inherit name value; };
  attrByPath =
    path: fallback: set:
    let
      n = length path;
      go =
        i: v:
        if i == n then
          v
        else if v ? ${nth path i} then
          go (i + 1) v.${nth path i}
        else
          fallback;
    in
    go 0 set;
  hasAttrByPath =
    path: set:
    let
      n = length path;
      go = i: v: i == n || (v ? ${nth path i} && go (i + 1) v.${nth path i});
    in
    go 0 set;
  longestValidPathPrefix =
    path: set:
    let
      n = length path;
      go =
        i: v:
        if i < n && v ? ${nth path i} then go (i + 1) v.${nth path i} else lib.take i path;
    in
    go 0 set;
  setAttrByPath =
    path: value:
    if path == [ ] then value else { ${head path} = setAttrByPath (tail path) value; };
  getAttrFromPath =
    path: set:
    let
      found = attrByPath path { missing = null; } set;
    in
    if hasAttrByPath path set then
      found
    else
      abort ("cannot find attribute '" + lib.concatStringsSep "." path + "'");
  updateManyAttrsByPath =
    updates: set:
    let
      apply =
        here: hasValue: value:
        let
          parted = lib.partition (u: u.path == [ ]) here;
          below = builtins.groupBy (u: head u.path) parted.wrong;
          nested =
            if below == { } then
              value
            else if hasValue && !isAttrs value then
              throw "updateManyAttrsByPath: Path ${showOption (head parted.wrong).path} goes through a value that is not an attribute set"
            else
              value
              // mapAttrs (
                name: us:
                apply (map (u: u // { path = tail u.path; }) us) (value ? ${name}) (value.${name} or { })
              ) below;
        in
        # Not strict: an update that ignores the old value must not force it.
        lib.foldl (v: u: u.update v) nested parted.right;
    in
    apply updates true set;

  attrVals = names: set: map (name: set.${name}) names;
  getAttrs = names: set: lib.genAttrs names (name: set.${name});
  filterAttrs =
    pred: set: removeAttrs set (lib.filter (name: !pred name set.${name}) (attrNames set));
  filterAttrsRecursive =
    pred: set:
    mapAttrs (_: v: if isAttrs v then filterAttrsRecursive pred v else v) (filterAttrs pred set);
  foldlAttrs =
    f: init: set:
    foldl' (acc: name: f acc name set.${name}) init (attrNames set);
  foldAttrs =
    op: nul: sets:
    lib.foldr (
      set: acc: foldlAttrs (a: name: value: a // { ${name} = op value (a.${name} or nul); }) acc set
    ) { } sets;
  collect =
    pred: v:
    if pred v then
      [ v ]
    else if isAttrs v then
      concatMap (collect pred) (attrValues v)
    else
      [ ];
  cartesianProduct = mapCartesianProduct lib.id;
  mapCartesianProduct =
    f: sets:
    map f (
      foldl' (rows: name: concatMap (row: map (value: row // { ${name} = value; }) sets.${name}) rows) [ { } ] (
        attrNames sets
      )
    );
  mapAttrs' = f: set: listToAttrs (mapAttrsToList f set);
  mapAttrsToList = f: set: map (name: f name set.${name}) (attrNames set);
  attrsToList = mapAttrsToList nameValuePair;
  concatMapAttrs = f: set: mergeAttrsList (mapAttrsToList f set);
  mapAttrsRecursive = mapAttrsRecursiveCond (_: true);
  mapAttrsRecursiveCond =
    descend: f: set:
    let
      go =
        path:
        mapAttrs (
          name: value:
          if isAttrs value && descend value then go (path ++ [ name ]) value else f (path ++ [ name ]) value
        );
    in
    go [ ] set;
  mapAttrsToListRecursive = mapAttrsToListRecursiveCond (_: _: true);
  mapAttrsToListRecursiveCond =
    descend: f: set:
    let
      go =
        path: here:
        concatMap (
          name:
          let
            at = path ++ [ name ];
            value = here.${name};
          in
          if isAttrs value && descend at value then go at value else [ (f at value) ]
        ) (attrNames here);
    in
    go [ ] set;
  genAttrs = names: f: genAttrs' names (name: nameValuePair name (f name));
  genAttrs' = xs: f: listToAttrs (map f xs);
  isDerivation = v: v.type or null == "derivation";
  toDerivation =
    path:
    let
      storePath = builtins.storePath path;
    in
    {
      type = "derivation";
      name = lib.sanitizeDerivationName (builtins.substring 33 (-1) (baseNameOf path));
      outPath = storePath;
      outputs = [ "out" ];
      out = toDerivation path;
      outputName = "out";
    };
  optionalAttrs = cond: set: if cond then set else { };
  zipAttrsWithNames =
    names: f: sets:
    lib.genAttrs names (name: f name (catAttrs name sets));
  zipAttrs = zipAttrsWith (_: values: values);
  # Merged pairwise: `//` copies its left side, so a left fold would be quadratic.
  mergeAttrsList =
    list:
    let
      between =
        from: to:
        if to - from >= 2 then
          let
            middle = from + (to - from) / 2;
          in
          between from middle // between middle to
        else
          nth list from;
    in
    if list == [ ] then { } else between 0 (length list);
  recursiveUpdateUntil =
    stop: lhs: rhs:
    let
      go =
        path:
        zipAttrsWith (
          name: values:
          let
            here = path ++ [ name ];
          in
          if length values == 1 || stop here (nth values 1) (head values) then head values else go here values
        );
    in
    go [ ] [
      rhs
      lhs
    ];
  recursiveUpdate = recursiveUpdateUntil (_: l: r: !(isAttrs l && isAttrs r));
  matchAttrs =
    pattern: set:
    assert isAttrs pattern;
    lib.all (
      name:
      set ? ${name}
      && (
        if isAttrs pattern.${name} then
          isAttrs set.${name} && matchAttrs pattern.${name} set.${name}
        else
          pattern.${name} == set.${name}
      )
    ) (attrNames pattern);
  overrideExisting = old: new: mapAttrs (name: value: new.${name} or value) old;
  unionOfDisjoint =
    x: y:
    let
      both = attrNames (builtins.intersectAttrs x y);
    in
    if both == [ ] then
      x // y
    else
      (x // y)
      // lib.genAttrs both (
        name: throw "unionOfDisjoint: collision on ${name}; complete list: ${lib.concatStringsSep " " both}"
      );
  showAttrPath =
    path:
    if path == [ ] then "<root attribute path>" else lib.concatMapStringsSep "." lib.strings.escapeNixIdentifier path;

  getFirstOutput =
    candidates: pkg:
    let
      has = lib.filter (output: pkg ? ${output}) candidates;
    in
    if has == [ ] || pkg.outputSpecified or false then pkg else pkg.${head has};
  getOutput = output: getFirstOutput [ output "out" ];
  getBin = getOutput "bin";
  getLib = getFirstOutput [ "lib" "out" ];
  getStatic = getFirstOutput [ "static" "lib" "out" ];
  getDev = getOutput "dev";
  getInclude = getFirstOutput [ "include" "dev" "out" ];
  getMan = getOutput "man";
  chooseDevOutputs = map getDev;
  recurseIntoAttrs = set: set // { recurseForDerivations = true; };
  dontRecurseIntoAttrs = set: set // { recurseForDerivations = false; };
}
