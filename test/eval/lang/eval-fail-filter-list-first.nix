builtins.filter (throw "function") (throw "list")
