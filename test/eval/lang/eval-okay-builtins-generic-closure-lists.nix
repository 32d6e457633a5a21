map (x: x.v or "start") (builtins.genericClosure {
  startSet = [ { key = [ 0 "a" ]; } ];
  operator = x: [ { key = [ 0 "a" ]; v = "same"; } { key = [ 0 "b" ]; v = "new"; } ];
})
