# A name that is only another name is looked up after the overrides.
rec {
  a = 1;
  b = a;
  __overrides = { a = 2; };
}
