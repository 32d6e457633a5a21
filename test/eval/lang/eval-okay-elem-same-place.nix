# A value is an element of a list that holds it, whatever lies in it: a gateway is looked for among interfaces that have
# options which may not be read. It is evaluated all the same.
let
  interface = name: {
    inherit name;
    removed = throw "this option was removed";
  };
  interfaces = map interface [ "eth0" "eth1" ];
  gateways = builtins.filter ({ name, ... }: name == "eth0") interfaces;
  first = interface "first";
  numbered = [ first ];
  failing = throw "no value";
in
[
  (map (one: if one.name == "eth0" then builtins.elem one gateways else null) interfaces)
  (map (one: builtins.elem one [ { } one ]) interfaces)
  (builtins.seq (builtins.length numbered) (builtins.seq first (builtins.elem first numbered)))
  (builtins.tryEval (builtins.elem failing [ failing ]))
  (builtins.tryEval (builtins.elem (interface "eth0") gateways))
]
