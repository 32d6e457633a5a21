{
  lib,
  stdenv,
  fetchFromGitHub,
  iptables,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "tailscale";
  version = "1.90.8";

  src = fetchFromGitHub {
    owner = "tailscale";
    repo = "tailscale";
    tag = "v${finalAttrs.version}";
    hash = "sha256-FxYZl954CzKXSumpZ+RDTO8Q97hd8atMd8/8XO1NANE=";
  };

  buildInputs = lib.optionals stdenv.hostPlatform.isLinux [ iptables ];

  meta = {
    description = "Node agent for Tailscale, a mesh VPN built on WireGuard";
    homepage = "https://github.com/tailscale/tailscale";
    license = lib.licenses.bsd3;
    platforms = lib.platforms.unix;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "tailscale";
  };
})
