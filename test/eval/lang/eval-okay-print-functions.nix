let
  inc = { ... }: { plain = x: x; inherit (builtins) add; part = builtins.add 1; };
in
builtins.mapAttrs (n: v: builtins.typeOf v) (inc { })
