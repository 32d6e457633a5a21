# How a Mac of the fleet behaves.
{
  flake.modules.darwin.base =
    { lib, ... }:
    {
      system.stateVersion = lib.mkDefault 6;
      system.defaults.dock.autohide = lib.mkDefault true;
      system.defaults.dock.tilesize = lib.mkDefault 48;
      system.defaults.NSGlobalDomain.AppleShowAllExtensions = true;
    };
}
