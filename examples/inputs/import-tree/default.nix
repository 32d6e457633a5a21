# The import-tree object: a functor that turns directories into one module importing all of their .nix files.
#
# Every method returns a new object, so filters, maps and paths are collected step by step and nothing is read before the
# object is called. Directories are read with builtins only; `withLib` exists because callers of the original must pass
# `lib` before they may ask for plain lists.
let
  inherit (builtins)
    all
    attrNames
    concatMap
    isAttrs
    isList
    isPath
    isString
    mapAttrs
    match
    readDir
    readFileType
    substring
    stringLength
    ;

  hasInfix = infix: text: match ".*${infix}.*" text != null;
  hasSuffix =
    suffix: text:
    let
      start = stringLength text - stringLength suffix;
    in
    start >= 0 && substring start (stringLength suffix) text == suffix;

  # What is imported unless `initFilter` says otherwise. A value that is no path (a module written in place) always is.
  isModuleFile = text: !isString text || (hasSuffix ".nix" text && !hasInfix "/_" text);

  empty = {
    roots = [ ];
    isCandidate = isModuleFile;
    predicates = [ ];
    transform = file: file;
    consume = null;
    methods = { };
  };

  # Every file below `root`, with its path relative to it: filters must not see the directories above, or a checkout below
  # a directory named `_work` would import nothing.
  filesBelow =
    root:
    let
      walk =
        directory: relative:
        let
          entries = readDir directory;
          visit =
            name:
            let
              file = directory + "/${name}";
              text = "${relative}/${name}";
            in
            if entries.${name} == "directory" then
              walk file text
            else
              [
                {
                  item = file;
                  inherit text;
                }
              ];
        in
        concatMap visit (attrNames entries);
    in
    if readFileType root == "directory" then
      walk root ""
    else
      [
        {
          item = root;
          text = "/${baseNameOf root}";
        }
      ];

  # Names what was asked for: { item; text; }, `text` being what filters look at.
  candidatesOf =
    root:
    if isList root then
      concatMap candidatesOf root
    else if root ? __importTree then
      selected root.__importTree
    else if isAttrs root && root ? outPath then
      filesBelow root.outPath
    else if isPath root || isString root then
      filesBelow root
    else
      [
        {
          item = root;
          text = root;
        }
      ];

  selected =
    state:
    let
      isWanted = candidate: all (holds: holds candidate.text) ([ state.isCandidate ] ++ state.predicates);
    in
    builtins.filter isWanted (concatMap candidatesOf state.roots);

  itemsOf = state: map (candidate: state.transform candidate.item) (selected state);

  # The directories are read when the module system asks for the imports, not when the object is called.
  moduleOf = state: { imports = [ (_: { imports = itemsOf state; }) ]; };

  resultOf = state: if state.consume == null then moduleOf state else state.consume (itemsOf state);

  withRoots = state: roots: state // { roots = state.roots ++ roots; };

  objectOf =
    state:
    let
      where = predicate: objectOf (state // { predicates = state.predicates ++ [ predicate ]; });
      isNot = predicate: text: !predicate text;
      matches = regex: text: match regex text != null;

      self = {
        __importTree = state;
        # The module system calls it with module arguments when the object itself stands in `imports`.
        __functor = _: argument: if argument ? options then moduleOf state else resultOf (withRoots state [ argument ]);

        filter = where;
        filterNot = predicate: where (isNot predicate);
        match = regex: where (matches regex);
        matchNot = regex: where (isNot (matches regex));
        initFilter = isCandidate: objectOf (state // { inherit isCandidate; });
        map = f: objectOf (state // { transform = file: f (state.transform file); });
        addPath = root: objectOf (withRoots state [ root ]);
        addAPI = methods: objectOf (state // { methods = state.methods // methods; });
        withLib = _lib: self;
        pipeTo = consume: objectOf (state // { inherit consume; });
        leafs = self.pipeTo (files: files);
        files = self.leafs.result;
        result = resultOf state;
        new = objectOf empty;
      };
      # Methods of `addAPI` get the object as it is when they are called, so an early one may use one that comes later.
      extensions = mapAttrs (_: method: method (self // extensions)) state.methods;
    in
    self // extensions;
in
objectOf empty
