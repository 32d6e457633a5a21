# The Linux kernel. Modules and system profiles read `modDirVersion` to find what belongs to it.
{
  lib,
  stdenv,
  fetchurl,
  perl,
  version,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "linux";
  inherit version;

  src = fetchurl {
    url = "mirror://kernel/linux/kernel/v6.x/linux-${finalAttrs.version}.tar.xz";
    hash = lib.fakeHash;
  };

  outputs = [
    "out"
    "dev"
    "modules"
  ];
  nativeBuildInputs = [ perl ];

  passthru = {
    modDirVersion = finalAttrs.version;
    isZen = false;
    isHardened = false;
    features = {
      ia32Emulation = stdenv.hostPlatform.isx86_64;
      efiBootStub = true;
    };
    target = if stdenv.hostPlatform.isx86_64 then "bzImage" else "Image";
    kernelAtLeast = lib.versionAtLeast version;
    kernelOlder = lib.versionOlder version;
  };

  meta = {
    description = "The Linux kernel";
    homepage = "https://www.kernel.org/";
    license = lib.licenses.gpl2Only;
    platforms = lib.platforms.linux;
    maintainers = [ lib.maintainers.alder ];
  };
})
