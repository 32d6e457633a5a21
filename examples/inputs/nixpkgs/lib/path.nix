# Path values and relative subpaths, checked rather than concatenated.
{ lib }:
let
  inherit (builtins) isPath isString;
  components = s: lib.filter (p: p != "." && p != "") (lib.splitString "/" s);
  parts = path: components (toString path);
  root = path: /.;
  whyInvalid =
    s:
    if !isString s then
      "The given value is of type ${builtins.typeOf s}, but a string was expected"
    else if s == "" then
      "The given string is empty"
    else if lib.hasPrefix "/" s then
      "The given string \"${s}\" starts with a `/`, representing an absolute path"
    else if lib.elem ".." (components s) then
      "The given string \"${s}\" contains a `..` component, which is not allowed in subpaths"
    else
      null;
  needPath =
    caller: p:
    lib.throwIfNot (isPath p) "lib.path.${caller}: The argument is of type ${builtins.typeOf p}, but a path was expected" p;
in
rec {
  append =
    path: subpath:
    if whyInvalid subpath != null then
      throw "lib.path.append: Second argument is not a valid subpath string:\n    ${whyInvalid subpath}"
    else
      needPath "append" path + ("/" + subpath);
  hasPrefix =
    prefix: path:
    lib.lists.hasPrefix (parts (needPath "hasPrefix" prefix)) (parts path);
  removePrefix =
    prefix: path:
    if hasPrefix prefix path then
      subpathFrom (lib.drop (lib.length (parts prefix)) (parts path))
    else
      throw "lib.path.removePrefix: The first path argument \"${toString prefix}\" is not a component-wise prefix of the second path argument \"${toString path}\"";
  splitRoot = path: {
    root = root path;
    subpath = subpathFrom (parts path);
  };
  hasStorePathPrefix =
    path:
    lib.hasPrefix (builtins.storeDir + "/") (toString path);
  subpath = {
    isValid = s: whyInvalid s == null;
    normalise =
      s:
      if whyInvalid s == null then
        subpathFrom (components s)
      else
        throw "lib.path.subpath.normalise: Argument is not a valid subpath string:\n    ${whyInvalid s}";
    join = ss: subpathFrom (lib.concatMap components ss);
    inherit components;
  };
  subpathFrom = cs: "./" + (if cs == [ ] then "." else lib.concatStringsSep "/" cs);
}
