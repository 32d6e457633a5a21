# Where Nix looks for what others have built already.
let
  caches = {
    nix.settings.substituters = [ "https://fleet.example.org/cache" ];
    nix.settings.trusted-public-keys = [ "fleet.example.org-1:7dTf0cX4lR1bCqOq2sWl8w3ny6m5p9vK0uEwHhJxZ4A=" ];
  };
in
{
  flake.modules.nixos.base = caches;

  # A laptop is often where the cache cannot be reached, and must not wait for it.
  flake.modules.darwin.base = caches // {
    nix.settings = caches.nix.settings // {
      connect-timeout = 5;
    };
  };
}
