let
  x = "X";
  n = { outPath = "out"; };
  s = { __toString = self: "str-${self.v}"; v = "1"; };
in
[ "${x}" "a${x}b${x}c" "${"nested ${x}"}" "${n}" "${s}" "${x + "y"}" "${if true then "t" else "f"}" "{${x}}" ]
