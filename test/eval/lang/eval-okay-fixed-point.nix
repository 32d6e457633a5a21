let
  fix = f: let x = f x; in x;
  extends = overlay: base: final: let prev = base final; in prev // overlay final prev;
  base = final: { a = 1; b = final.a + 1; };
  one = final: prev: { a = prev.a * 10; };
  two = final: prev: { c = final.b; a = prev.a + 1; };
in
fix (extends two (extends one base))
