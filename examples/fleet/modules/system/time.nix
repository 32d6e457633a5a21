# All machines keep UTC, unless somebody sits in front of one.
{
  flake.modules.nixos.base =
    { lib, ... }:
    {
      time.timeZone = lib.mkDefault "UTC";
    };

  flake.modules.darwin.base =
    { lib, ... }:
    {
      time.timeZone = lib.mkDefault "UTC";
    };
}
