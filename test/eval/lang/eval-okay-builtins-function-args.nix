map builtins.functionArgs [ (x: x) ({ }: 1) ({ a, b ? 1, ... }: a) (s@{ z }: z) builtins.add ]
