let
  values = [ 1 1.5 "s" ./p null true [ ] { } (x: x) ];
  row = f: map (v: if f v then 1 else 0) values;
in
map row (with builtins; [ isInt isFloat isString isPath isNull isBool isList isAttrs isFunction ])
