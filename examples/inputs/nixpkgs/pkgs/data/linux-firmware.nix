# Firmware images that the kernel loads into devices.
{
  lib,
  stdenv,
}:
stdenv.mkDerivation {
  pname = "linux-firmware";
  version = "20251125";
  meta = {
    description = "Binary firmware collection packaged by kernel.org";
    license = lib.licenses.unfreeRedistributable // {
      # May be passed on and changed in no way, which the collection has always counted as free enough for firmware.
      free = true;
    };
    platforms = lib.platforms.linux;
    priority = 6;
  };
}
