{
  lib,
  stdenv,
  fetchFromGitHub,
  runc,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "docker";
  version = "29.0.2";

  src = fetchFromGitHub {
    owner = "docker";
    repo = "cli";
    tag = "v${finalAttrs.version}";
    hash = "sha256-HVTOZ4kmnwRFt9NcMwhDEmg1A6ZpaW8WGGl65E5fBmw=";
  };

  buildInputs = lib.optionals stdenv.hostPlatform.isLinux [ runc ];

  meta = {
    description = "Open source project to pack, ship and run any application as a lightweight container";
    homepage = "https://github.com/docker/cli";
    license = lib.licenses.asl20;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "docker";
  };
})
