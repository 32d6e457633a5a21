# Every machine has the packages of this flake: nixpkgs with all overlays.
{ inputs, ... }:
let
  defaults = {
    nixpkgs.config.allowUnfree = true;
    nixpkgs.overlays = [ inputs.self.overlays.default ];
  };
in
{
  flake.modules.nixos.base = defaults;
  flake.modules.darwin.base = defaults;
}
