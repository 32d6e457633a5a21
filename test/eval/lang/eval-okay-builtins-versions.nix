with builtins;
[
  (compareVersions "1.0" "1.0") (compareVersions "1.0" "1.1") (compareVersions "2.10" "2.9") (compareVersions "1.0pre1" "1.0") (compareVersions "1.0a" "1.0b") (compareVersions "1" "1.0")
  (splitVersion "1.2.3pre4-5") (splitVersion "") (parseDrvName "nix-2.34.8") (parseDrvName "hello") (parseDrvName "a-b-1c") (parseDrvName "x-1-2")
]
