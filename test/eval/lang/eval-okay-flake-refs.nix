[
  (builtins.parseFlakeRef "github:NixOS/nixpkgs/nixos-unstable?dir=lib")
  (builtins.parseFlakeRef "git+https://example.org/x.git?ref=main")
  (builtins.flakeRefToString { type = "github"; owner = "a"; repo = "b"; ref = "c"; })
]
