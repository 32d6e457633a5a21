# Sources: derivations whose content is known by its hash. Nix itself downloads, so they depend on nothing.
{ lib, stdenv, ... }:
let
  # Hashes come as `hash`, `sha512` or `sha256`.
  contentOf =
    args:
    let
      algorithm = lib.findFirst (name: args ? ${name}) null [ "sha512" "sha256" ];
    in
    {
      outputHashAlgo = if args ? hash then null else algorithm;
      outputHash = args.hash or args.${algorithm} or lib.fakeHash;
    };
in
rec {
  fetchurl =
    args:
    derivation (
      contentOf args
      // {
        name = args.name or (baseNameOf args.url);
        inherit (args) url;
        builder = "builtin:fetchurl";
        system = "builtin";
        outputHashMode = "flat";
        executable = args.executable or false;
        preferLocalBuild = true;
      }
    );

  fetchgit =
    args:
    stdenv.mkDerivation (
      contentOf args
      // {
        name = args.name or "source";
        inherit (args) url;
        rev = args.rev or "refs/tags/${args.tag}";
        outputHashMode = "recursive";
      }
    );
  fetchFromGitHub = args: fetchgit (args // { url = "https://github.com/${args.owner}/${args.repo}.git"; });
}
