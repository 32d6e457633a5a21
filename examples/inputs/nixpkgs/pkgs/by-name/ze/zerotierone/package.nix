{
  lib,
  stdenv,
  fetchFromGitHub,
  openssl,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "zerotierone";
  version = "1.16.0";

  src = fetchFromGitHub {
    owner = "zerotier";
    repo = "ZeroTierOne";
    tag = "v${finalAttrs.version}";
    hash = "sha256-xQuSqCLnOejaTVH7Jhv8QbnFRE7DDoPbNgYRVFIG/8I=";
  };

  buildInputs = [ openssl ];

  meta = {
    description = "Create flat virtual Ethernet networks of almost unlimited size";
    homepage = "https://github.com/zerotier/ZeroTierOne";
    license = lib.licenses.mpl20;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "zerotier-cli";
  };
})
