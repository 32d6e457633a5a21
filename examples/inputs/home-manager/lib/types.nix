# Option types of homes: graphs, fonts and selectors.
{ lib, dag }:
let
  inherit (lib) mkOption types;
in
rec {
  # A plain value stands for an entry that may be anywhere.
  dagOf =
    elemType:
    types.attrsOf (
      types.coercedTo (types.addCheck types.raw (v: !(builtins.isAttrs v && dag.isEntry v))) dag.entryAnywhere (
        types.submodule {
          options = {
            data = mkOption {
              type = elemType;
              description = "What the entry holds.";
            };
            after = mkOption {
              type = types.listOf types.str;
              default = [ ];
              description = "Entries that come before this one.";
            };
            before = mkOption {
              type = types.listOf types.str;
              default = [ ];
              description = "Entries that come after this one.";
            };
          };
        }
      )
    )
    // {
      description = "DAG of ${elemType.description}";
    };
  sourceFileOrLines = types.either types.path types.lines;
}
