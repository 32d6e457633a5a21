# Entry points below `lib.nixos`: an evaluation with NixOS modules but without the base modules, for small module sets.
{ lib, ... }:
{
  evalModules =
    {
      modules ? [ ],
      specialArgs ? { },
      prefix ? [ ],
    }:
    lib.evalModules {
      class = "nixos";
      inherit prefix modules;
      specialArgs = {
        modulesPath = toString ../modules;
      }
      // specialArgs;
    };
}
