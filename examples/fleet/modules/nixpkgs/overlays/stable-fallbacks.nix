# Packages that come from the stable channel while they are broken in unstable, by the systems concerned.
#
# Every entry says why, where to look whether it still is so, and when it may go. Review them whenever nixpkgs moves.
{
  nixpkgsOverlays = [
    (
      final: prev:
      {
        # Every system.
      }
      // prev.lib.optionalAttrs prev.stdenv.hostPlatform.isDarwin {
        # mactop: does not build with the SDK of the unstable channel, whose headers lost the
        # counters that it reads.
        # Hydra: https://hydra.nixos.org/job/nixpkgs/unstable/mactop.aarch64-darwin
        # To be removed when mactop in unstable is no longer marked broken on darwin
        # Date added: 2026-09-14
        mactop = final.stable.mactop;
      }
      // prev.lib.optionalAttrs (prev.stdenv.hostPlatform.system == "aarch64-darwin") {
        # direnv: its tests hung in the sandbox of macOS, so it was not in the binary cache.
        # Hydra: https://hydra.nixos.org/job/nixpkgs/unstable/direnv.aarch64-darwin
        # To be removed when direnv in unstable is at least as new as in stable and evaluates
        # Date added: 2026-04-28
        direnv = final.stable.direnv;
      }
      // prev.lib.optionalAttrs prev.stdenv.hostPlatform.isLinux {
        # Every Linux.
      }
    )
  ];
}
