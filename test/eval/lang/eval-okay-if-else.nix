let
  sign = n: if n < 0 then "negative" else if n == 0 then "zero" else "positive";
in
[ (sign (-3)) (sign 0) (sign 7) (if true then 1 else throw "never") ]
