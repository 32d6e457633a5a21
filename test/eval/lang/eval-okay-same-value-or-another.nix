# A name that only stands for another is the same value if that is there already; values are made in the order in which names were met.
let
  same = a: b: [ a ] == [ b ];
  earlier = c: 1;
in
[
  (
    let
      b = c;
      c = x: x;
    in
    same b c
  )
  (
    let
      q = r;
      r = x: x;
    in
    same q r
  )
  (
    let
      s = x: x;
      t = s;
    in
    same s t
  )
  (
    let
      value = x: x;
      name = value;
    in
    same name value
  )
  (
    let
      set = rec {
        u.w = 1;
        v = w;
        w = x: x;
      };
    in
    same set.v set.w
  )
  (({ d ? [ d e ], e ? d }: e) { })
  (({ g ? f, f ? [ f g ] }: g) { })
]
