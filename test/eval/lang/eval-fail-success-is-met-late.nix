# No text of Nix's has the name before it is first needed.
builtins.deepSeq {
  b = throw "b";
  success = throw "success";
} 1
