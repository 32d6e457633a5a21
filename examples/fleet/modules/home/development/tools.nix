# Programs for those who write programs.
{
  flake.modules.homeManager.development =
    { lib, pkgs, ... }:
    {
      home.packages = lib.mkAfter (
        [ pkgs.ripgrep ] ++ lib.optional pkgs.stdenv.hostPlatform.isDarwin pkgs.mactop
      );
    };
}
