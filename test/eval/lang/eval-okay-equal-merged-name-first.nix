{
  merged.one = 1;
  later = throw "its name is met after that of the merged set";
  merged.two = 2;
} == {
  merged.one = 1;
  later = null;
  merged.two = 3;
}
