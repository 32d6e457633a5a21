# A function equals itself only in one place: an alias is the same place, what a selection or a condition gives is a copy.
let
  f = x: x;
  alias = f;
  copy = if true then f else null;
  set = { inherit f; };
  list = [ copy ];
in
[
  ([ f ] == [ alias ])
  ([ f ] == [ copy ])
  ([ copy ] == [ copy ])
  ([ set.f ] == [ f ])
  ([ set.f ] == [ set.f ])
  ({ inherit f; } == set)
  (builtins.seq list (builtins.seq copy (list == [ copy ])))
  ([ map ] == [ map ])
  ([ builtins.map ] == [ builtins.map ])
]
