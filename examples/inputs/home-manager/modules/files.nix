# Files in the home, gathered into one derivation that activation links from.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) mkOption types;
  enabled = lib.filter (f: f.enable) (lib.attrValues config.home.file);
  targets = map (f: f.target) enabled;
  duplicates = lib.unique (lib.filter (t: lib.count (u: u == t) targets > 1) targets);
in
{
  options.home.file = mkOption {
    type = types.attrsOf (import ./file-type.nix { inherit lib pkgs; });
    default = { };
    description = "Files in the home, by path.";
  };
  options.home-files = mkOption {
    type = types.package;
    internal = true;
    description = "The derivation that holds all files.";
  };
  config = {
    assertions = [
      {
        assertion = duplicates == [ ];
        message = "Conflicting managed target files: ${lib.concatStringsSep ", " duplicates}\n\nThis may happen, for example, if you have a configuration similar to\n\n    home.file = {\n      conflict1 = { source = ./foo.nix; target = \"baz\"; };\n      conflict2 = { source = ./bar.nix; target = \"baz\"; };\n    }";
      }
    ];
    home-files = pkgs.runCommandLocal "home-manager-files" {
      entries = builtins.toJSON (
        map (f: {
          inherit (f) target executable recursive;
          source = "${f.source}";
        }) enabled
      );
      passAsFile = [ "entries" ];
    } "mkdir -p $out\nmake-home-files $entriesPath $out";
    home.activation = {
      checkLinkTargets = lib.hm.dag.entryBefore [ "writeBoundary" ] "check-link-targets ${config.home-files}";
      linkGeneration = lib.hm.dag.entryAfter [ "writeBoundary" ] "link-generation ${config.home-files}";
      onFilesChange = lib.hm.dag.entryAfter [ "linkGeneration" ] (
        lib.concatMapStrings (
          f: lib.optionalString (f.onChange != "") "if changed ${lib.escapeShellArg f.target}; then\n${f.onChange}\nfi\n"
        ) enabled
      );
    };
  };
}
