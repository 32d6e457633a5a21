# Defaults see all parameters, in any order, and variables around the function.
let
  d = 10;
in
[
  (({ a ? b * 2, b ? d }: [ a b ]) { })
  (({ a ? b * 2, b ? d }: [ a b ]) { b = 1; })
  (({ a ? throw "never", b }: b) { b = 2; })
  ((args@{ a ? args.z or "no z", ... }: a) { })
  ((args@{ a ? 1, ... }: args ? a) { })
]
