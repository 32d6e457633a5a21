# The first piece says whether names of the whole are in scope.
let
  x = "outside";
in
{
  a = rec { x = 1; y = x; };
  a.z = x;
  b.x = 2;
  b = { y = x; };
}
