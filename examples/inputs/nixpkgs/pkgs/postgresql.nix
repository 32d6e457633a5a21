# PostgreSQL, one definition for all versions. `withPackages` gives the server together with extensions.
{
  buildEnv,
  lib,
  openssl,
  stdenv,
  version,
  zlib,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "postgresql";
  inherit version;
  buildInputs = [
    openssl
    zlib
  ];
  passthru = {
    psqlSchema = lib.versions.major finalAttrs.version;
    pkgs.pgvector = stdenv.mkDerivation {
      pname = "pgvector";
      version = "0.8.1";
      buildInputs = [ finalAttrs.finalPackage ];
      meta.license = lib.licenses.postgresql;
    };
    withPackages =
      choose:
      buildEnv {
        name = "postgresql-${finalAttrs.version}-with-extensions";
        paths = [ finalAttrs.finalPackage ] ++ choose finalAttrs.passthru.pkgs;
      };
  };
  meta = {
    description = "A database that speaks SQL";
    license = lib.licenses.postgresql;
    platforms = lib.platforms.unix;
    mainProgram = "psql";
  };
})
