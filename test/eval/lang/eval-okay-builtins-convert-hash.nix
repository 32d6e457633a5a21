let
  sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  convert = toHashFormat: builtins.convertHash { hash = sha256; hashAlgo = "sha256"; inherit toHashFormat; };
in
map convert [ "base16" "base32" "nix32" "base64" "sri" ]
