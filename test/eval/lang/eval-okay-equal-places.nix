# Two sets or lists at one place are equal whatever lies in them; a copy at another place is compared.
let
  outcome = v: if v.success then v.value else "fails";
  given = builtins.mapAttrs (_: v: outcome (builtins.tryEval v));
  bad = {
    a = throw "looked at";
  };
  f = a: b: a;
  s.p = f 1;
in
given {
  variables = { t = bad; } == { t = bad; };
  variablesInLists = [ bad ] == [ bad ];
  selections =
    let
      s.x = {
        a = throw "looked at";
      };
    in
    { t = s.x; } == { t = s.x; };
  calls = { t = builtins.head [ bad ]; } == { t = builtins.head [ bad ]; };
  mapped = map (v: v) [ bad ] == map (v: v) [ bad ];
  branches = { t = if true then bad else 1; } == { t = if true then bad else 1; };
  updates = { t = bad // { }; } == { t = bad // { }; };
  partialCalls = { t = s.p; } == { t = s.p; };
  elements = builtins.elem bad [ bad ];
}
