# Applications that only Homebrew has. Every Mac gets the common ones; a machine adds its own.
{
  flake.modules.darwin.homebrew =
    { lib, ... }:
    {
      homebrew.enable = true;
      homebrew.casks = lib.mkBefore [
        "firefox"
        "zerotier-one"
      ];
    };
}
