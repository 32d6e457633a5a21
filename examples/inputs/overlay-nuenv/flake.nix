# An overlay from outside: one function that makes derivations whose builder is a Nushell-like script.
{
  description = "Derivations built by structured scripts";

  inputs.nixpkgs.url = "path:../nixpkgs";

  outputs = _: {
    overlays.default = import ./overlay.nix;
    overlays.nuenv = import ./overlay.nix;
  };
}
