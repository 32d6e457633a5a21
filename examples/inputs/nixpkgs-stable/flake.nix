# The stable channel of the example: older versions of the packages, for fleets that fall back to them one by one.
# It has packages only; systems are made with the library and the modules of the unstable channel.
{
  description = "The package collection of the example fleet (stable channel)";

  outputs = _: {
    lib = import ./lib.nix;
    legacyPackages = builtins.listToAttrs (
      map (system: {
        name = system;
        value = import ./. { inherit system; };
      }) (import ./lib.nix).platforms.unix
    );
  };
}
