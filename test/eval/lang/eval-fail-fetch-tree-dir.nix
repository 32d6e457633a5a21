# A source has no folder of a flake, whatever else is wrong with it.
builtins.fetchTree {
  type = "github";
  owner = "a";
  repo = "b";
  ref = "not a branch";
  dir = 5;
}
