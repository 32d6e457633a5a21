# `lib.nixos.evalModules`: an evaluation of NixOS modules without the base modules, for module sets of one's own.
{ lib }:
{
  evalModules =
    args:
    lib.evalModules (
      args
      // {
        class = "nixos";
        specialArgs = { modulesPath = toString ../modules; } // args.specialArgs or { };
      }
    );
}
