# From modules to Terraform's JSON.
{ nixpkgs }:
let
  inherit (builtins)
    isAttrs
    isList
    mapAttrs
    removeAttrs
    toJSON
    ;

  # What the module system adds and Terraform must not see: references are callable, and null means unset.
  clean =
    stripNulls: value:
    let
      keep = name: member: name != "__functor" && !(stripNulls && member == null);
    in
    if isAttrs value then
      mapAttrs (_: clean stripNulls) (nixpkgs.lib.filterAttrs keep value)
    else if isList value then
      map (clean stripNulls) value
    else
      value;

  withoutEmptyBlocks = nixpkgs.lib.filterAttrs (_: block: block != { } && block != null);

  evaluate =
    {
      pkgs,
      modules,
      extraArgs,
    }:
    pkgs.lib.evalModules {
      specialArgs = extraArgs;
      modules = [
        ./options.nix
        { _module.args = { inherit pkgs; }; }
      ]
      ++ modules;
    };
in
{
  # The derivation of config.tf.json; its `config` is what the file says, as Nix.
  terranixConfiguration =
    {
      system ? "",
      pkgs ? nixpkgs.legacyPackages.${system},
      modules ? [ ],
      extraArgs ? { },
      strip_nulls ? true,
    }:
    let
      evaluation = evaluate { inherit pkgs modules extraArgs; };
      blocks = removeAttrs evaluation.config [ "_meta" ];
      config = withoutEmptyBlocks (clean strip_nulls blocks);
    in
    pkgs.writeText "config.tf.json" (toJSON config)
    // {
      inherit config;
      inherit (evaluation) options;
      inherit (evaluation.config) _meta;
    };
}
