# Compressed swap in memory: these machines have little of it, and no disk that swapping would not wear.
{
  flake.modules.nixos.base =
    { lib, ... }:
    {
      zramSwap.enable = lib.mkDefault true;
      zramSwap.memoryPercent = lib.mkDefault 50;
    };
}
