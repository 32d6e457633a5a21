# Settings of Nix itself, the same on NixOS and nix-darwin.
let
  settings =
    { lib, pkgs, ... }:
    {
      nix.settings = {
        experimental-features = [
          "nix-command"
          "flakes"
        ];
        trusted-users = [ (if pkgs.stdenv.hostPlatform.isDarwin then "@admin" else "@wheel") ];
        max-jobs = lib.mkDefault 4;
      };
    };
in
{
  flake.modules.nixos.base = settings;
  flake.modules.darwin.base = settings;
}
