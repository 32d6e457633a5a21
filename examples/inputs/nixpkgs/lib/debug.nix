# Tracing and the small unit-test runner. Nothing here changes a value, it only prints on the way.
{ lib }:
rec {
  inherit (builtins) addErrorContext trace unsafeGetAttrPos;
  traceIf = cond: message: value: if cond then trace message value else value;
  traceValFn = f: x: trace (f x) x;
  traceVal = traceValFn lib.id;
  traceSeq = x: y: trace (builtins.deepSeq x x) y;
  traceSeqN =
    depth: x: y:
    let
      cut =
        n: v:
        if builtins.isList v then
          if n == 0 then "[…]" else map (cut (n - 1)) v
        else if builtins.isAttrs v then
          if lib.isDerivation v then
            v
          else if n == 0 then
            "{…}"
          else
            builtins.mapAttrs (_: cut (n - 1)) v
        else
          v;
    in
    trace (lib.generators.toPretty { allowPrettyValues = true; } (cut depth x)) y;
  traceValSeqFn = f: x: traceSeq (f x) x;
  traceValSeq = traceValSeqFn lib.id;
  traceValSeqNFn =
    f: depth: x:
    traceSeqN depth (f x) x;
  traceValSeqN = traceValSeqNFn lib.id;
  traceFnSeqN =
    depth: name: f: x:
    let
      result = f x;
    in
    traceSeqN (depth + 1) {
      fn = name;
      from = x;
      to = result;
    } result;

  runTests =
    tests:
    let
      wanted = lib.filterAttrs (name: _: lib.hasPrefix "test" name) tests;
      chosen = if tests ? tests then lib.getAttrs tests.tests wanted else wanted;
    in
    lib.concatLists (
      lib.mapAttrsToList (
        name: test:
        lib.optional (test.expr != test.expected) {
          inherit name;
          inherit (test) expected;
          result = test.expr;
        }
      ) chosen
    );
  throwTestFailures =
    {
      failures,
      description ? "tests",
      ...
    }:
    if failures == [ ] then
      null
    else
      throw "${toString (builtins.length failures)} ${description} failed:\n${lib.generators.toPretty { } failures}";
  testAllTrue = expr: {
    inherit expr;
    expected = map (_: true) expr;
  };
}
