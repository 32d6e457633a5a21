# Source trees: which files of a directory go into the store.
{ lib }:
let
  inherit (builtins) match pathExists readFile;
in
rec {
  # Leaves out version control, editor leftovers and build results.
  cleanSourceFilter =
    name: type:
    let
      base = baseNameOf (toString name);
    in
    !(
      builtins.elem base [ ".git" ".svn" "CVS" ".hg" ".jj" ".pijul" "_darcs" ]
      || lib.hasSuffix "~" base
      || match "^\\.sw[a-z]$" base != null
      || match "^\\..*\\.sw[a-z]$" base != null
      || (type == "unknown" || lib.hasSuffix ".o" base || lib.hasSuffix ".so" base)
      || (type == "symlink" && lib.hasPrefix "result" base)
    );
  cleanSource = src: cleanSourceWith { filter = cleanSourceFilter; inherit src; };
  # Filters compose: cleaning a cleaned source applies both to the original directory.
  cleanSourceWith =
    {
      filter ? _: _: true,
      src,
      name ? null,
    }:
    let
      isCleaned = src ? _isLibCleanSourceWith;
      origSrc = if isCleaned then src.origSrc else src;
      both = if isCleaned then path: type: src.filter path type && filter path type else filter;
      storeName = if name != null then name else if isCleaned then src.name else "source";
    in
    {
      _isLibCleanSourceWith = true;
      inherit origSrc;
      filter = both;
      name = storeName;
      outPath = builtins.path {
        filter = both;
        path = origSrc;
        name = storeName;
      };
    };
  trace =
    src:
    cleanSourceWith {
      filter = path: type: builtins.trace "${toString path}: ${type}" true;
      inherit src;
    };
  sourceByRegex =
    src: regexes:
    cleanSourceWith {
      inherit src;
      filter =
        path: _:
        let
          relative = lib.removePrefix (toString (src.origSrc or src) + "/") (toString path);
        in
        lib.any (regex: match regex relative != null) regexes;
    };
  sourceFilesBySuffices =
    src: suffixes:
    cleanSourceWith {
      inherit src;
      filter = name: type: type == "directory" || lib.any (s: lib.hasSuffix s (baseNameOf (toString name))) suffixes;
    };
  filterSource = builtins.filterSource;
  canCleanSource = src: src ? _isLibCleanSourceWith || !(pathHasContext (toString src));
  pathHasContext = builtins.hasContext;
  pathIsGitRepo = path: (builtins.tryEval (commitIdFromGitRepo path)).success;
  commitIdFromGitRepo =
    path:
    let
      git = toString path;
      head = lib.fileContents "${git}/HEAD";
      ref = match "ref: (.*)" head;
    in
    if !pathExists "${git}/HEAD" then
      throw "Not a git repository: ${git}"
    else if ref == null then
      head
    else
      lib.removeSuffix "\n" (readFile "${git}/${builtins.head ref}");
}
