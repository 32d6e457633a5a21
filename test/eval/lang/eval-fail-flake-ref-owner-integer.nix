builtins.flakeRefToString {
  type = "github";
  repo = "x";
  owner = 1;
}
