let
  make = name: {
    ${name} = x: y: { z }: x;
  };
  first = make "first";
  second = make "second";
in
[
  first.first
  second.second
  (first.first 1)
  (first.first 1 2)
  (rec { "a${"b"}" = { x }: x; }).ab
  ((make "third").third 1)
]
