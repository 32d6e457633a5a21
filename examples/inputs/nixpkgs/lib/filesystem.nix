# Looking at directories during evaluation.
{ lib }:
let
  inherit (builtins) pathExists readDir readFileType;
in
rec {
  inherit (builtins)
    baseNameOf
    dirOf
    hashFile
    isPath
    readDir
    readFileType
    ;
  pathType = path: if pathExists path then readFileType path else throw "lib.filesystem.pathType: Path ${toString path} does not exist.";
  pathIsDirectory = path: pathExists path && readFileType path == "directory";
  pathIsRegularFile = path: pathExists path && readFileType path == "regular";
  listFilesRecursive =
    dir:
    lib.concatLists (
      lib.mapAttrsToList (
        name: type: if type == "directory" then listFilesRecursive (dir + "/${name}") else [ (dir + "/${name}") ]
      ) (readDir dir)
    );
  locateDominatingFile =
    pattern: file:
    let
      go =
        path:
        let
          hits = lib.filter (m: m != null) (map (builtins.match pattern) (builtins.attrNames (readDir path)));
        in
        if hits != [ ] then
          {
            inherit path;
            matches = hits;
          }
        else if path == /. then
          null
        else
          go (dirOf path);
    in
    go (if pathIsDirectory file then file else dirOf file);
  # A directory with a package.nix is that package; any other is a set of what it holds.
  packagesFromDirectoryRecursive =
    args@{
      callPackage,
      directory,
      newScope ? throw "packagesFromDirectoryRecursive: newScope was not given",
      ...
    }:
    let
      whole = directory + "/package.nix";
    in
    if pathExists whole then
      callPackage whole { }
    else
      lib.concatMapAttrs (
        name: type:
        let
          path = directory + "/${name}";
        in
        if type == "directory" then
          { ${name} = packagesFromDirectoryRecursive (args // { directory = path; }); }
        else if type == "regular" && lib.hasSuffix ".nix" name then
          { ${lib.removeSuffix ".nix" name} = callPackage path { }; }
        else
          { }
      ) (readDir directory);
  resolveDefaultNix =
    v:
    if builtins.isString v && lib.hasSuffix "/" v then
      v + "default.nix"
    else if pathIsDirectory v then
      v + "/default.nix"
    else
      v;
}
