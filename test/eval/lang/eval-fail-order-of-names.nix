# Of two failures the one counts whose name the language met first: `name` comes before `value`, and both before all others.
builtins.deepSeq {
  a = throw "a";
  value = throw "value";
  name = throw "name";
} 1
