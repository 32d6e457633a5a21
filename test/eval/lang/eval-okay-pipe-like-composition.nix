let
  compose = f: g: x: f (g x);
  twice = f: compose f f;
in
twice (twice (x: x * 2)) 1
