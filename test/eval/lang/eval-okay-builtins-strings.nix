with builtins;
[
  (stringLength "abc") (substring 1 2 "abcd") (substring 2 (-1) "abcd") (substring 9 1 "abc") (substring 0 0 "abc") (substring 1 100 "abc")
  (concatStringsSep ", " [ "a" "b" "c" ]) (concatStringsSep "x" [ ]) (concatStringsSep "-" [ { outPath = "o"; } "p" ])
  (replaceStrings [ "a" "b" ] [ "b" "a" ] "abba") (replaceStrings [ "" ] [ "-" ] "ab") (replaceStrings [ "oo" "o" ] [ "0" "1" ] "foooo")
  (replaceStrings [ ] [ ] "same") (replaceStrings [ "x" ] [ (throw "never") ] "abc")
]
