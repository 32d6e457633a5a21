# What Nix's own files define is where their texts say.
let
  derived = derivation {
    name = "a";
    system = "b";
    builder = "c";
    outputs = [
      "out"
      "dev"
    ];
  };
  fetchurl = import <nix/fetchurl.nix>;
  fetched = fetchurl {
    url = "http://a/b";
    impure = true;
  };
  positions =
    set:
    map (
      name:
      let
        at = builtins.unsafeGetAttrPos name set;
      in
      "${name} ${baseNameOf at.file}:${toString at.line}:${toString at.column}"
    ) (builtins.attrNames set);
in
map positions [
  derived
  derived.dev
  (builtins.elemAt derived.all 1)
  (builtins.functionArgs derivation)
  fetched
  (builtins.functionArgs fetchurl)
]
++ [ (builtins.unsafeGetAttrPos "all" derived).file ]
