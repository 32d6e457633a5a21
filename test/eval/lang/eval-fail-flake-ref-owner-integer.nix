# The folder of the flake is no part of what the message shows.
builtins.flakeRefToString {
  type = "github";
  repo = "x";
  dir = "sub";
  owner = 1;
}
