{
  yb = throw "b";
  ya = throw "a";
} == {
  ya = 1;
  yb = 1;
}
