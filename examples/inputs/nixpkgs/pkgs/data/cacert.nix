# The certificates that programs trust.
{
  lib,
  stdenv,
}:
stdenv.mkDerivation {
  pname = "nss-cacert";
  version = "3.118";
  meta = {
    description = "Bundle of X.509 certificates of public Certificate Authorities";
    license = lib.licenses.mpl20;
  };
}
