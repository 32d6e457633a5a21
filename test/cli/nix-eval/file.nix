{
  greeting ? "hello",
  count ? 1,
}:
{
  text = "${greeting} ${toString count}";
  list = [
    1
    { two = 2; }
  ];
  fn = { x, y ? 2 }: x;
  fails = throw "no\nway";
}
