# PostgreSQL, one definition for all supported major versions.
{
  lib,
  stdenv,
  fetchurl,
  openssl,
  zlib,
  buildEnv,
  version,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "postgresql";
  inherit version;

  src = fetchurl {
    url = "mirror://postgresql/source/v${finalAttrs.version}/postgresql-${finalAttrs.version}.tar.bz2";
    hash = lib.fakeHash;
  };

  buildInputs = [
    openssl
    zlib
  ];

  passthru = {
    psqlSchema = lib.versions.major finalAttrs.version;
    # The server together with extensions, which it looks for in its own directory.
    withPackages =
      f:
      buildEnv {
        name = "postgresql-and-plugins-${finalAttrs.version}";
        paths = [ finalAttrs.finalPackage ] ++ f finalAttrs.finalPackage.pkgs;
        passthru = {
          inherit (finalAttrs.passthru) psqlSchema;
        };
      };
    pkgs = {
      pgvector = stdenv.mkDerivation {
        pname = "pgvector";
        version = "0.8.1";
        buildInputs = [ finalAttrs.finalPackage ];
        meta = {
          description = "Open-source vector similarity search for PostgreSQL";
          license = lib.licenses.postgresql;
        };
      };
    };
  };

  meta = {
    description = "Powerful, open source object-relational database system";
    homepage = "https://www.postgresql.org";
    license = lib.licenses.postgresql;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "psql";
  };
})
