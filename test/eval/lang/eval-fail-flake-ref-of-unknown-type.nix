builtins.flakeRefToString {
  type = "x";
  z = true;
  b = 1;
}
