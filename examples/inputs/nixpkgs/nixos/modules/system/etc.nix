# The files in /etc, and the derivation that holds them all.
{ config, lib, pkgs, ... }:
let
  inherit (import ../../lib/declare.nix lib) has maybe needs several switch;
  inherit (lib.types) lines path str;

  file =
    { config, name, options, ... }:
    {
      options = {
        enable = switch true "Whether the file is there.";
        target = has str name "Where it is, below `/etc`.";
        text = maybe lines "What is in it.";
        source = needs path "What it is a link to, or a copy of.";
        mode = has str "symlink" "The mode of a copy; `symlink` makes a link." // {
          example = "0600";
        };
        user = has str "root" "Whose a copy is.";
        group = has str "root" "The group of a copy.";
      };
      # As strong as the text is: somebody who gives a source must beat a default text, and a plain text a default source.
      config.source = lib.mkIf (config.text != null) (
        lib.mkDerivedConfig options.text (pkgs.writeText "etc-${lib.strings.sanitizeDerivationName (baseNameOf name)}")
      );
    };
  files = lib.filter (file: file.enable) (lib.attrValues config.environment.etc);
in
{
  options.environment.etc = several file "Files in `/etc`, by where they are there.";
  config.system = {
    build.etc = pkgs.runCommandLocal "etc" {
      # All in one text, since owner and mode travel with a file.
      files = builtins.toJSON (map ({ group, mode, source, target, user, ... }: { inherit group mode target user; source = "${source}"; }) files);
      passAsFile = [ "files" ];
    } "mkdir -p $out/etc\nmake-etc $filesPath $out/etc";
    activationScripts.etc.text = "setup-etc ${config.system.build.etc}/etc";
  };
}
