# The Linux kernel. What is built for a kernel finds it by `modDirVersion`.
{
  lib,
  perl,
  stdenv,
  version,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "linux";
  inherit version;
  outputs = [ "out" "dev" "modules" ];
  nativeBuildInputs = [ perl ];
  passthru = {
    modDirVersion = finalAttrs.version;
    kernelOlder = lib.versionOlder finalAttrs.version;
    kernelAtLeast = lib.versionAtLeast finalAttrs.version;
    target = if stdenv.hostPlatform.isx86_64 then "bzImage" else "Image";
  };
  meta = {
    description = "What runs below everything else";
    license = lib.licenses.gpl2Only;
    platforms = lib.platforms.linux;
  };
})
