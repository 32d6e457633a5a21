# Functions that need no data type of their own: combinators, numbers, warnings, and functions that carry their argument names.
{ lib }:
let
  inherit (builtins)
    elem
    foldl'
    isFunction
    isString
    match
    pathExists
    readFile
    trace
    ;

  hexDigits = lib.stringToCharacters "0123456789ABCDEF";
  valueOfHexDigit =
    c:
    let
      at = lib.lists.findFirstIndex (d: d == lib.toUpper c) null hexDigits;
    in
    if at == null then throw "lib.fromHexString: ${c} is not a hexadecimal digit" else at;

  # `warn` aborts under NIX_ABORT_ON_WARN, which CI uses to turn deprecations into failures.
  abortsOnWarn = elem (builtins.getEnv "NIX_ABORT_ON_WARN") [
    "1"
    "true"
    "yes"
  ];
in
rec {
  inherit (builtins)
    add
    bitAnd
    bitOr
    bitXor
    ceil
    deepSeq
    div
    floor
    genericClosure
    isBool
    isFloat
    isInt
    lessThan
    mul
    pathExists
    readFile
    seq
    sub
    ;

  id = x: x;
  const = x: _: x;
  pipe = foldl' (x: f: f x);
  concat = x: y: x ++ y;
  "or" = x: y: x || y;
  and = x: y: x && y;
  xor = x: y: (!x) != (!y);
  bitNot = x: (-1) - x;
  boolToString = b: if b then "true" else "false";
  boolToYesNo = b: if b then "yes" else "no";
  mergeAttrs = x: y: x // y;
  flip =
    f: a: b:
    f b a;
  defaultTo = fallback: x: if x == null then fallback else x;
  mapNullable = f: x: if x == null then null else f x;

  # In plain arithmetic, since they are called more often than anything else here.
  max = a: b: if b < a then a else b;
  min = a: b: if b < a then b else a;
  mod = base: int: base - int * (base / int);
  compare = a: b: if a == b then 0 else if b < a then 1 else -1;
  # Orders what `p` holds for before the rest, each part by its own comparison.
  splitByAndCompare =
    p: yes: no: a: b:
    let
      isFirst = p a;
    in
    if isFirst != p b then
      if isFirst then -1 else 1
    else
      (if isFirst then yes else no) a b;

  release = "26.11";
  codeName = "Example";
  versionSuffix = "pre-canopy";
  version = release + versionSuffix;
  nixpkgsVersion = version;
  oldestSupportedRelease = 2605;
  oldestSupportedReleaseIsAtLeast = wanted: wanted <= oldestSupportedRelease;
  isInOldestRelease = oldestSupportedReleaseIsAtLeast;
  revisionWithDefault = fallback: fallback;
  inNixShell = builtins.getEnv "IN_NIX_SHELL" != "";
  inPureEvalMode = !(builtins ? currentSystem);

  importJSON = path: builtins.fromJSON (readFile path);
  importTOML = path: fromTOML (readFile path);

  warn =
    message: value:
    if !isString message then
      throw "lib.warn: the message is of type ${builtins.typeOf message}, a string was expected"
    else if abortsOnWarn then
      trace "evaluation warning: ${message}" (
        abort "NIX_ABORT_ON_WARN=true; warnings are treated as unrecoverable errors."
      )
    else
      (builtins.warn or (m: trace "evaluation warning: ${m}")) message value;
  warnIf = condition: message: if condition then warn message else id;
  warnIfNot = condition: warnIf (!condition);
  throwIf = condition: message: if condition then throw message else id;
  throwIfNot = condition: throwIf (!condition);
  info = message: trace "INFO: ${message}";
  showWarnings = warnings: value: lib.foldr (w: x: warn w x) value warnings;
  checkListOfEnum =
    what: valid: given: value:
    let
      bad = lib.subtractLists valid given;
    in
    if bad == [ ] then
      value
    else
      throw "${what}: ${lib.generators.toPretty { multiline = false; } bad} unexpected; valid ones: ${
        lib.generators.toPretty { multiline = false; } valid
      }";

  # A set with `__functor` and `__functionArgs` is a function whose argument names can be read without its body.
  setFunctionArgs = f: args: {
    __functor = _: f;
    __functionArgs = args;
  };
  functionArgs =
    f: if f ? __functor then f.__functionArgs or (functionArgs (f.__functor f)) else builtins.functionArgs f;
  isFunction = f: builtins.isFunction f || (f ? __functor && isFunction (f.__functor f));
  mirrorFunctionArgs =
    f: g:
    let
      args = functionArgs f;
    in
    if args == { } then g else setFunctionArgs g args;
  toFunction = v: if isFunction v then v else _: v;

  toBaseDigits =
    base: n:
    if n < base then [ n ] else toBaseDigits base (n / base) ++ [ (mod n base) ];
  toHexString = n: lib.concatMapStrings (builtins.elemAt hexDigits) (toBaseDigits 16 n);
  fromHexString =
    text:
    let
      parsed = match "(0x)?([0-9A-Fa-f]+)" text;
    in
    if parsed == null then
      throw "lib.fromHexString: ${text} is not a hexadecimal number"
    else
      foldl' (n: c: n * 16 + valueOfHexDigit c) 0 (lib.stringToCharacters (lib.last parsed));
}
