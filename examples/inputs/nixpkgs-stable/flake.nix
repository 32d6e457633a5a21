# The stable channel of the example: older versions of the packages, for fleets that fall back to them one by one.
# It has packages only; systems are made with the library and the modules of the unstable channel.
{
  description = "The package collection of the example fleet (stable channel)";

  outputs =
    { self }:
    let
      lib = import ./lib.nix;
    in
    {
      inherit lib;
      legacyPackages = lib.genAttrs [
        "x86_64-linux"
        "aarch64-linux"
        "x86_64-darwin"
        "aarch64-darwin"
      ] (system: import ./. { inherit system; });
    };
}
