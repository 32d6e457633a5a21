# The module system: `evalModules` takes modules (functions, attribute sets, paths), collects their imports, matches their
# definitions with their option declarations, and gives one lazily evaluated configuration.
#
# Three rules shape everything below. Nothing is forced that the asked-for option does not need, so a fleet of modules with
# thousands of options stays cheap. Every definition keeps the file that it came from, because error messages and `options.*.files`
# name it. Modules are merged in reverse of their collection order, so that what a module imports comes before what it defines.
{ lib }:
let
  part = file: import file { inherit lib; };
in
part ./modules/syntax.nix
// part ./modules/collect.nix
// part ./modules/evaluate.nix
// part ./modules/match.nix
// part ./modules/values.nix
// part ./modules/properties.nix
// part ./modules/renames.nix
