# `lib.hm`: what home modules have beside the library, above all entries that say what they come before and after.
{ lib }:
rec {
  dag = import ./dag.nix { inherit lib; };
  types = import ./types.nix { inherit lib dag; };
  shell = {
    export = name: value: "export ${name}=\"${toString value}\"";
    exportAll = vars: lib.concatStringsSep "\n" (lib.mapAttrsToList shell.export vars);
  };
  strings.storeFileName =
    path:
    let
      unsafe = [ "~" "!" "@" "#" "$" "%" "^" "&" "*" "(" ")" " " "/" ];
    in
    "hm_" + lib.removePrefix "." (lib.replaceStrings unsafe (map (_: "") unsafe) (baseNameOf path));
  assertions.assertPlatform = module: pkgs: platforms: {
    assertion = lib.elem pkgs.stdenv.hostPlatform.system platforms;
    message = "The module ${module} does not support your platform. It only supports\n\n${
      lib.concatMapStringsSep "\n" (p: "  - ${p}") platforms
    }";
  };
}
