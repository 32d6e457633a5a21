map toString [ 1 (-5) 1.5 true false null "s" [ ] [ 1 2 ] [ [ 1 ] [ ] 2 ] [ "a" [ "b" null ] true ] { outPath = "o"; } { __toString = s: s.x; x = "y"; outPath = "no"; } ]
