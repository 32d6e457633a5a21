# Time zones.
{
  lib,
  stdenv,
}:
stdenv.mkDerivation {
  pname = "tzdata";
  version = "2025b";
  meta = {
    description = "Database of current and historical time zones";
    license = lib.licenses.publicDomain;
  };
}
