# Lists. Order is kept wherever a function does not say otherwise; sorting is stable.
{ lib }:
let
  inherit (builtins) foldl' isList;
  inherit (lib) compare;
in
rec {
  inherit (builtins)
    all
    any
    concatLists
    concatMap
    elem
    elemAt
    filter
    foldl'
    genList
    head
    isList
    length
    map
    partition
    sort
    tail
    ;

  singleton = x: [ x ];
  forEach = xs: f: map f xs;
  foldr =
    op: nul: list:
    let
      n = length list;
      go = i: if i == n then nul else op (elemAt list i) (go (i + 1));
    in
    go 0;
  fold = foldr;
  foldl =
    op: nul: list:
    let
      go = i: if i == -1 then nul else op (go (i - 1)) (elemAt list i);
    in
    go (length list - 1);

  imap0 = f: list: genList (i: f i (elemAt list i)) (length list);
  imap1 = f: imap0 (i: f (i + 1));
  ifilter0 =
    keep: list: map (i: elemAt list i) (filter (i: keep i (elemAt list i)) (genList (i: i) (length list)));
  flatten = x: if isList x then concatMap flatten x else [ x ];
  remove = x: filter (y: y != x);
  findSingle =
    pred: none: several: list:
    let
      found = filter pred list;
    in
    if found == [ ] then
      none
    else if length found == 1 then
      head found
    else
      several;
  findFirstIndex =
    pred: none: list:
    let
      n = length list;
      # Strict in the index and deep only by one frame at a time through the fold, so long lists do not overflow the stack.
      hit = foldl' (
        at: i:
        if at != null then
          at
        else if pred (elemAt list i) then
          i
        else
          null
      ) null (genList (i: i) n);
    in
    if hit == null then none else hit;
  findFirst =
    pred: none: list:
    let
      at = findFirstIndex pred null list;
    in
    if at == null then none else elemAt list at;
  count = pred: foldl' (n: x: if pred x then n + 1 else n) 0;
  optional = cond: x: if cond then [ x ] else [ ];
  optionals = cond: xs: if cond then xs else [ ];
  toList = x: if isList x then x else [ x ];
  range = first: final: if first > final then [ ] else genList (n: first + n) (final - first + 1);
  replicate = n: x: genList (_: x) n;
  groupBy' =
    op: nul: pred: list:
    builtins.mapAttrs (_: foldl op nul) (groupBy pred list);
  groupBy = builtins.groupBy;
  zipListsWith =
    f: xs: ys:
    genList (i: f (elemAt xs i) (elemAt ys i)) (lib.min (length xs) (length ys));
  zipLists = zipListsWith (fst: snd: { inherit fst snd; });
  reverseList =
    xs:
    let
      n = length xs;
    in
    genList (i: elemAt xs (n - i - 1)) n;

  # Depth-first walk: stops at the first cycle and says which nodes form it.
  listDfs =
    stopOnCycles: before: list:
    let
      visit =
        us: visited: rest:
        let
          cycle = filter (x: before x us) visited;
          next = partition (x: before x us) rest;
        in
        if stopOnCycles && cycle != [ ] then
          {
            cycle = us;
            loops = cycle;
            inherit visited rest;
          }
        else if next.right == [ ] then
          {
            minimal = us;
            inherit visited rest;
          }
        else
          visit (head next.right) ([ us ] ++ visited) (tail next.right ++ next.wrong);
    in
    visit (head list) [ ] (tail list);
  toposort =
    before: list:
    let
      first = listDfs true before list;
      others = toposort before (first.visited ++ first.rest);
    in
    if length list < 2 then
      { result = list; }
    else if first ? cycle then
      {
        cycle = reverseList ([ first.cycle ] ++ first.visited);
        inherit (first) loops;
      }
    else if others ? cycle then
      others
    else
      { result = [ first.minimal ] ++ others.result; };

  sortOn =
    key: list:
    map (pair: elemAt pair 1) (
      sort (a: b: head a < head b) (
        map (x: [
          (key x)
          x
        ]) list
      )
    );
  compareLists =
    cmp: a: b:
    let
      differences = lib.filter (order: order != 0) (lib.zipListsWith cmp a b);
    in
    # The first elements that differ decide; without any, the shorter list comes first.
    if differences != [ ] then head differences else lib.compare (length a) (length b);
  naturalSort =
    list:
    let
      keyOf =
        s: map (part: if isList part then lib.toIntBase10 (head part) else part) (builtins.split "(0|[1-9][0-9]*)" s);
    in
    map (x: x.value) (
      sort (a: b: compareLists compare a.key b.key < 0) (
        map (value: {
          key = keyOf value;
          inherit value;
        }) list
      )
    );

  take = n: sublist 0 n;
  takeEnd = n: xs: drop (lib.max 0 (length xs - n)) xs;
  drop = n: xs: sublist n (length xs) xs;
  dropEnd = n: xs: take (lib.max 0 (length xs - n)) xs;
  hasPrefix = prefix: xs: take (length prefix) xs == prefix;
  removePrefix =
    prefix: xs:
    if hasPrefix prefix xs then
      drop (length prefix) xs
    else
      throw "lib.lists.removePrefix: First argument must be a list prefix of the second argument";
  sublist =
    start: count: xs:
    let
      n = length xs;
      size =
        if start >= n then
          0
        else if start + count > n then
          n - start
        else
          count;
    in
    genList (i: elemAt xs (start + i)) size;
  commonPrefix =
    xs: ys:
    let
      shorter = lib.min (length xs) (length ys);
      differs = findFirstIndex (i: elemAt xs i != elemAt ys i) shorter (genList (i: i) shorter);
    in
    take differs xs;
  last =
    xs:
    assert lib.assertMsg (xs != [ ]) "lists.last: list must not be empty!";
    elemAt xs (length xs - 1);
  init =
    xs:
    assert lib.assertMsg (xs != [ ]) "lists.init: list must not be empty!";
    take (length xs - 1) xs;
  replaceElemAt =
    xs: index: value:
    if index < 0 || index >= length xs then
      throw "'lists.replaceElemAt' called with index ${toString index} on a list of size ${toString (length xs)}"
    else
      imap0 (i: x: if i == index then value else x) xs;
  crossLists =
    f: foldl (fs: args: concatMap (g: map g args) fs) [ f ];
  unique = foldl' (seen: x: if elem x seen then seen else seen ++ [ x ]) [ ];
  uniqueStrings =
    xs:
    let
      known = lib.genAttrs xs (_: null);
    in
    builtins.attrNames known;
  allUnique = xs: length (unique xs) == length xs;
  intersectLists = keep: filter (x: elem x keep);
  subtractLists = gone: filter (x: !(elem x gone));
  mutuallyExclusive = a: b: !(any (x: elem x a) b);
  concatAttrValues = attrs: concatLists (builtins.attrValues attrs);
}
