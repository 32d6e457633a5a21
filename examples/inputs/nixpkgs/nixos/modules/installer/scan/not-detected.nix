# What a hardware scan adds when it cannot know better: firmware for devices that it did not find.
{ lib, ... }:
{
  hardware.enableRedistributableFirmware = lib.mkDefault true;
}
