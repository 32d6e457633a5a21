# The library on its own, for flakes that need no packages.
{
  description = "The library of the example package collection";
  outputs = _: { lib = import ./default.nix; };
}
