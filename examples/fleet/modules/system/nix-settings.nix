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
        trusted-users = [ "root" ] ++ lib.optional pkgs.stdenv.hostPlatform.isDarwin "@admin";
        max-jobs = lib.mkDefault 4;
      };
    };
in
{
  flake.modules.nixos.base = settings;
  flake.modules.darwin.base = settings;
}
