{
  lib,
  stdenv,
  fetchFromGitHub,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "mactop";
  version = "2.0.8";

  src = fetchFromGitHub {
    owner = "metaspartan";
    repo = "mactop";
    tag = "v${finalAttrs.version}";
    hash = "sha256-/wxYlhgtc9BXcWfYrDE+9HnuIn1/L55DQ8QZ0pk2YDI=";
  };

  meta = {
    description = "Terminal-based monitoring tool for Apple Silicon";
    homepage = "https://github.com/metaspartan/mactop";
    license = lib.licenses.mit;
    platforms = lib.platforms.darwin;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "mactop";
    # The build fails against the SDK that this channel has moved to.
    broken = stdenv.hostPlatform.isDarwin;
  };
})
