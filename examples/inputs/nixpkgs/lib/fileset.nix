# File sets: which files of a tree are meant, as a value that can be united, cut and subtracted before it goes to the store.
#
# A set is a predicate over files together with the directory that holds all of them; small, and enough for source filtering.
{ lib }:
let
  inherit (builtins) isPath;
  filesBelow =
    path:
    if !builtins.pathExists path then
      throw "lib.fileset: Argument (${toString path}) is a path that does not exist."
    else if builtins.readFileType path == "directory" then
      lib.filesystem.listFilesRecursive path
    else
      [ path ];
  coerce =
    v:
    if v._type or null == "fileset" then
      v
    else if isPath v then
      fromFiles (filesBelow v)
    else if v ? _isLibCleanSourceWith then
      throw "lib.fileset: Argument is a `lib.sources`-based value, use lib.fileset.fromSource to convert it."
    else
      throw "lib.fileset: Argument is of type ${builtins.typeOf v}, but it should be a file set or a path instead.";
  fromFiles = files: {
    _type = "fileset";
    # Keyed by name, so that the operations below are those of attribute sets.
    files = builtins.listToAttrs (map (f: lib.nameValuePair (toString f) f) files);
  };
  fromSet = files: {
    _type = "fileset";
    inherit files;
  };
in
rec {
  empty = fromFiles [ ];
  isFileset = v: v._type or null == "fileset" || isPath v;
  union = a: b: fromSet ((coerce a).files // (coerce b).files);
  unions = lib.foldl' union empty;
  intersection = a: b: fromSet (builtins.intersectAttrs (coerce a).files (coerce b).files);
  difference = a: b: fromSet (removeAttrs (coerce a).files (builtins.attrNames (coerce b).files));
  maybeMissing = path: if builtins.pathExists path then coerce path else empty;
  fileFilter =
    pred: path:
    fromFiles (
      lib.filter (
        f:
        let
          name = baseNameOf f;
        in
        pred {
          inherit name;
          type = builtins.readFileType f;
          hasExt = ext: lib.hasSuffix ".${ext}" name;
        }
      ) (filesBelow path)
    );
  toList = set: builtins.attrValues (coerce set).files;
  trace = set: value: builtins.trace (lib.concatStringsSep "\n" (builtins.attrNames (coerce set).files)) value;
  traceVal = set: trace set set;
  fromSource =
    source:
    fromFiles (
      lib.filter (f: source.filter or (_: _: true) (toString f) "regular") (filesBelow (source.origSrc or source))
    );
  toSource =
    { root, fileset }:
    let
      names = builtins.attrNames (coerce fileset).files;
      prefix = toString root + "/";
      outside = lib.filter (n: !lib.hasPrefix prefix n) names;
      # A directory is kept when a wanted file lies below it.
      kept = lib.genAttrs (lib.concatMap (n: ancestors n) names) (_: true);
      ancestors = n: if n == toString root || n == "/" then [ ] else [ n ] ++ ancestors (dirOf n);
    in
    if outside != [ ] then
      throw "lib.fileset.toSource: `fileset` could contain files in ${builtins.head outside}, which is not under the `root` (${toString root})."
    else
      lib.cleanSourceWith {
        src = root;
        filter = path: _: kept ? ${toString path};
      };
}
