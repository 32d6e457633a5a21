{
  lib,
  stdenv,
  fetchurl,
}:
stdenv.mkDerivation (finalAttrs: {
  pname = "iptables";
  version = "1.8.11";

  src = fetchurl {
    url = "https://www.netfilter.org/download/iptables-${finalAttrs.version}.tar.gz";
    hash = "sha256-NhNgNVs1HmCuAzV0f6tQUUdlHpEp5eg2morrg1uw4JM=";
  };

  meta = {
    description = "Program to configure the Linux IP packet filtering ruleset";
    homepage = "https://www.netfilter.org/projects/iptables/";
    license = lib.licenses.gpl2Plus;
    platforms = lib.platforms.linux;
    maintainers = [ lib.maintainers.canopy ];
    mainProgram = "iptables";
  };
})
