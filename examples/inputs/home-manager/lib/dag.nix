# Entries of a directed graph: each has data and the names of entries that it comes before and after.
{ lib }:
rec {
  entryBetween = before: after: data: { inherit after before data; };
  entryBefore = before: entryBetween before [ ];
  entryAfter = entryBetween [ ];
  entryAnywhere = entryAfter [ ];
  isEntry = value: builtins.all (part: value ? ${part}) (builtins.attrNames (entryAnywhere null));
  map = f: builtins.mapAttrs (name: e: e // { data = f name e.data; });

  # The entries in an order that all of them agree with, or the cycle that makes that impossible.
  topoSort =
    entries:
    let
      names = builtins.attrNames entries;
      precedes =
        a: b:
        lib.elem a entries.${b}.after || lib.elem b entries.${a}.before;
      sorted = lib.toposort precedes names;
    in
    if sorted ? result then
      {
        result = builtins.map (name: {
          inherit name;
          inherit (entries.${name}) data;
        }) sorted.result;
      }
    else
      sorted;
}
