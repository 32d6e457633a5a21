# Which elements are compared shows where the comparator is no order: by insertion up to 16 elements, then by runs.
let
  numbers = count: builtins.genList (i: builtins.bitXor (i * 37) (i * i)) count;
  strange = a: b: builtins.bitAnd (a + b * 3) 5 < 3;
in
map (count: builtins.sort strange (numbers count)) [
  1
  2
  3
  7
  16
  17
  40
  100
]
++ map (count: builtins.sort (a: b: true) (builtins.genList (i: i) count)) [
  2
  5
  16
  33
]
++ map (count: builtins.sort (a: b: a / 8 < b / 8) (numbers count)) [
  20
  64
]
