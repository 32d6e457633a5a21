# Lists of systems for `meta.platforms` and `meta.badPlatforms`.
{ lib }:
let
  inherit (lib.systems) doubles;
in
{
  inherit (doubles)
    all
    linux
    darwin
    freebsd
    unix
    x86
    x86_64
    aarch64
    aarch
    gnu
    none
    ;
  arm = doubles.aarch;
  windows = [ ];
}
