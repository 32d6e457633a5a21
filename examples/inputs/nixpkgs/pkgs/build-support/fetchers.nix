# Fixed-output derivations for sources. `fetchurl` needs no tools: the builder is Nix itself.
{ lib, stdenv }:
let
  # Accepts every way in which callers write a hash.
  hashAttrs =
    args:
    if args.hash or "" != "" then
      {
        outputHash = args.hash;
        outputHashAlgo = null;
      }
    else if args ? sha512 then
      {
        outputHash = args.sha512;
        outputHashAlgo = "sha512";
      }
    else
      {
        outputHash = args.sha256 or lib.fakeSha256;
        outputHashAlgo = "sha256";
      };
  tree =
    args: extra:
    stdenv.mkDerivation (
      {
        name = args.name or "source";
        outputHashMode = "recursive";
        passthru = removeAttrs args [ "name" ];
        meta = args.meta or { };
      }
      // hashAttrs args
      // extra
    );
in
rec {
  fetchurl =
    args@{
      url ? lib.head urls,
      urls ? [ url ],
      name ? baseNameOf (toString url),
      executable ? false,
      ...
    }:
    derivation (
      {
        inherit name url urls executable;
        builder = "builtin:fetchurl";
        system = "builtin";
        outputHashMode = "flat";
        unpack = false;
        preferLocalBuild = true;
      }
      // hashAttrs args
    );
  fetchzip =
    args@{ url, ... }:
    tree args {
      inherit url;
      unpackPhase = "unpack $url";
    };
  fetchgit =
    args@{ url, ... }:
    tree args {
      inherit url;
      rev = args.rev or "refs/tags/${args.tag}";
    };
  fetchFromGitHub =
    args@{ owner, repo, ... }:
    fetchgit (args // { url = "https://github.com/${owner}/${repo}.git"; });
  fetchFromGitLab =
    args@{ owner, repo, ... }:
    fetchgit (args // { url = "https://gitlab.com/${owner}/${repo}.git"; });
  fetchpatch = fetchurl;
}
