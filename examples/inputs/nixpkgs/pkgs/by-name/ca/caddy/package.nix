{
  lib,
  stdenv,
  fetchFromGitHub,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "caddy";
  version = "2.10.2";

  src = fetchFromGitHub {
    owner = "caddyserver";
    repo = "caddy";
    tag = "v${finalAttrs.version}";
    hash = "sha256-JilF5syKGut4rsn6+qBbA55lW3PZFYeZJjx3Xnk9nNM=";
  };

  meta = {
    description = "Extensible HTTP server with automatic HTTPS";
    homepage = "https://github.com/caddyserver/caddy";
    license = lib.licenses.asl20;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "caddy";
  };
})
