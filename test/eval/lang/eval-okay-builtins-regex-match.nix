with builtins;
[
  (match "a(b)?(c)" "ac") (match "ab" "abc") (match "[[:alpha:]_]+" "ab_c") (match "([0-9]+)\\.([0-9]+)" "12.34")
  (match "(a|b)*" "abab") (match "" "") (match ".*" "a\nb") (match "a{2,3}" "aaaa") (match "a{2,3}" "aaa") (match "[^/]*/?" "abc/")
  (match "(.*)\\.nix" "default.nix") (match "[]x]+" "]x]") (match "\\$\\{x}" "\${x}")
]
