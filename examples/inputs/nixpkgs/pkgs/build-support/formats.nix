# Configuration file formats: each has the type of the values that it can hold and a function that writes them to the store.
{ lib, pkgs }:
let
  inherit (lib) types;
  textFormat = type: render: {
    inherit type;
    generate = name: value: pkgs.writeText name (render value);
  };
  jsonLike = kind: types.serializableValueWith { typeName = kind; };
  iniAtom =
    types.nullOr (
      types.oneOf [
        types.bool
        types.int
        types.float
        types.str
      ]
    )
    // {
      description = "INI atom (null, bool, int, float or string)";
    };
  # A key may hold a list when the format knows how to write one.
  atomOrList =
    listsAsDuplicateKeys: listToValue:
    if listsAsDuplicateKeys || listToValue != null then
      types.either iniAtom (types.listOf iniAtom)
    else
      iniAtom;
  flatten = listToValue: builtins.mapAttrs (_: v: if builtins.isList v && listToValue != null then listToValue v else v);
in
{
  json = { }: textFormat (jsonLike "JSON") builtins.toJSON;
  yaml = { }: textFormat (jsonLike "YAML 1.1") (lib.generators.toYAML { });
  toml = { }: {
    type = jsonLike "TOML";
    generate =
      name: value:
      pkgs.runCommandLocal name {
        value = builtins.toJSON value;
        passAsFile = [ "value" ];
      } "json2toml $valuePath $out";
  };
  ini =
    {
      listsAsDuplicateKeys ? false,
      listToValue ? null,
      ...
    }@args:
    textFormat (types.attrsOf (types.attrsOf (atomOrList listsAsDuplicateKeys listToValue))) (
      value:
      lib.generators.toINI (removeAttrs args [ "listToValue" ]) (
        builtins.mapAttrs (_: flatten listToValue) value
      )
    );
  keyValue =
    {
      listsAsDuplicateKeys ? false,
      listToValue ? null,
      ...
    }@args:
    textFormat (types.attrsOf (atomOrList listsAsDuplicateKeys listToValue)) (
      value: lib.generators.toKeyValue (removeAttrs args [ "listToValue" ]) (flatten listToValue value)
    );
  gitIni = { }: textFormat (types.attrsOf (types.attrsOf types.anything)) lib.generators.toGitINI;
  plist =
    {
      escape ? true,
    }:
    textFormat (jsonLike "Property list") (lib.generators.toPlist { inherit escape; });
}
