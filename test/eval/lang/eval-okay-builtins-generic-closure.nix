let
  closure = builtins.genericClosure {
    startSet = [ { key = 1; } { key = 5; } ];
    operator = { key }: map (k: { key = k; }) (builtins.filter (k: k < 20) [ (key * 2) (key + 5) ]);
  };
in
map (x: x.key) closure
