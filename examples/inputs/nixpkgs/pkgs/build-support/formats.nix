# Configuration files: for each format the type of what it can hold, and a function that writes such a value to the store.
{ lib, pkgs, ... }:
let
  inherit (lib) generators types;
  inherit (types) attrsOf either listOf nullOr oneOf;

  written = type: render: {
    inherit type;
    generate = name: value: pkgs.writeText name (render value);
  };
  tree = typeName: types.serializableValueWith { inherit typeName; };

  # One value of a line: a list too, when the format repeats the key or knows how to join.
  line =
    args:
    let
      atom = nullOr (oneOf [ types.bool types.int types.float types.str ]) // {
        description = "INI atom (null, bool, int, float or string)";
      };
    in
    if args.listsAsDuplicateKeys or false || args ? listToValue then either atom (listOf atom) else atom;
  joined = args: lib.mapAttrs (_: value: if lib.isList value && args ? listToValue then args.listToValue value else value);
  others = args: removeAttrs args [ "listToValue" ];
in
{
  json = { }: written (tree "JSON") builtins.toJSON;
  yaml = { }: written (tree "YAML 1.1") builtins.toJSON;
  toml = { }: {
    type = tree "TOML";
    generate =
      name: value:
      pkgs.runCommandLocal name {
        json = builtins.toJSON value;
        passAsFile = [ "json" ];
      } "json2toml $jsonPath $out";
  };
  keyValue = args: written (attrsOf (line args)) (value: generators.toKeyValue (others args) (joined args value));
  ini =
    args:
    written (attrsOf (attrsOf (line args))) (
      sections: generators.toINI (others args) (lib.mapAttrs (_: joined args) sections)
    );
  gitIni = { }: written (attrsOf (attrsOf types.anything)) generators.toGitINI;
  plist = args: written (tree "Property list") (generators.toPlist args);
}
