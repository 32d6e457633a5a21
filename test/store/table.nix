# Expressions about the store, one an attribute. table.test.ts evaluates each by itself and compares it, as JSON, with what
# Nix said, which is in table.json. `off` is evaluated without experimental features, `on` with all that are about the store.
let
  inherit (builtins)
    addDrvOutputDependencies appendContext convertHash filterSource getContext hashFile hashString path placeholder toFile
    unsafeDiscardOutputDependency unsafeDiscardStringContext;

  # The smallest derivation, changed.
  make = attrs: derivation ({ name = "n"; system = "s"; builder = "b"; } // attrs);

  # All that Nix computed.
  show = drv: {
    inherit (drv) drvPath;
    outputs = map (output: drv.${output}.outPath) (drv.outputs or [ "out" ]);
    context = getContext "${drv}${drv.drvPath}";
  };
  shown = attrs: show (make attrs);
  strict = attrs: derivationStrict ({ name = "n"; system = "s"; builder = "b"; } // attrs);

  zeros = "0000000000000000000000000000000000000000000000000000000000000000";
  sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  fixed = attrs: shown ({ outputHash = sha256; outputHashAlgo = "sha256"; } // attrs);

  # A floating derivation, and what depends on it.
  floating = attrs: make ({ __contentAddressed = true; } // attrs);
  sri = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
  text = toFile "text" "hello";
in
{
  off = {
    # Input-addressed.
    plain = shown { };
    withoutName = derivation { system = "s"; builder = "b"; };
    withoutBuilder = derivation { name = "n"; system = "s"; };
    withoutSystem = derivation { name = "n"; builder = "b"; };
    emptyBuilder = shown { builder = ""; };
    emptySystem = shown { system = ""; };
    nameIsNumber = shown { name = 1; };
    nameEmpty = shown { name = ""; };
    nameWithSpace = shown { name = "a b"; };
    nameWithSlash = shown { name = "a/b"; };
    nameWithDot = shown { name = ".x"; };
    nameDot = shown { name = "."; };
    nameDotDash = shown { name = ".-a"; };
    nameLong = shown { name = builtins.concatStringsSep "" (builtins.genList (_: "x") 212); };
    nameLongest = shown { name = builtins.concatStringsSep "" (builtins.genList (_: "x") 207); };
    nameLongWithOutput = shown { name = builtins.concatStringsSep "" (builtins.genList (_: "x") 207); outputs = [ "out" "doc" ]; };
    nameWithContext = shown { name = "${make { }}"; };
    nameOfDrv = shown { name = "a.drv"; };
    nameUnusual = shown { name = "A+b-c._?=9"; };
    outputs = shown { outputs = [ "out" "dev" "bin" ]; };
    outputsWithoutOut = shown { outputs = [ "z" "a" ]; };
    outputsAsText = strict { outputs = "b  a\tc\nd"; };
    outputsTwice = shown { outputs = [ "a" "a" ]; };
    outputsNone = strict { outputs = [ ]; };
    outputsDrvPath = strict { outputs = [ "drvPath" ]; };
    outputsDrv = shown { outputs = [ "drv" ]; };
    outputsOdd = strict { outputs = [ "a b" ]; };
    outputsIllegal = strict { outputs = [ "a/b" ]; };
    outputVariableGiven = shown { out = "mine"; };
    values = shown { a = 1; b = 1.5; c = true; d = false; e = null; f = [ 1 "two" [ 3 null true ] ]; g = ./tree/plain.txt; };
    valueSet = shown { a = { }; };
    valueFunction = shown { a = x: x; };
    valueToString = shown { a = { __toString = self: "text"; }; };
    valueOutPath = shown { a = { outPath = "out"; }; };
    valueFolder = shown { a = ./tree; };
    valueMissing = shown { a = ./missing; };
    ignoreNulls = shown { __ignoreNulls = true; a = null; b = 1; };
    ignoreNullsFalse = shown { __ignoreNulls = false; a = null; };
    ignoreNullsNotBoolean = shown { __ignoreNulls = 1; };
    arguments = shown { args = [ "a" 1 true null ./tree/plain.txt "\"\\\n\r\t" ]; };
    argumentsNoList = shown { args = "a"; };
    argumentsNested = shown { args = [ [ "a" "b" ] ]; };
    escapes = shown { a = "\"\\\n\r\t\${x}é漢"; };
    bytes = shown { "é" = "ü"; "a b" = "c"; "" = "empty"; };
    dependencies = let a = make { name = "a"; outputs = [ "out" "dev" ]; }; in shown { inputs = [ a a.dev ]; dev = a.dev; t = text; };
    dependencyOnAll = shown { a = (make { name = "a"; outputs = [ "out" "dev" ]; inherit text; }).drvPath; };
    dependencyOnFileOnly = shown { a = unsafeDiscardOutputDependency (make { name = "a"; }).drvPath; };
    dependencyDiscarded = shown { a = unsafeDiscardStringContext "${make { }}"; };
    dependencyDeepOfDeep = shown { a = (make { name = "b"; x = (make { name = "c"; y = make { name = "d"; }; }).drvPath; }).drvPath; };
    dependencyDeepOnText = shown { a = (make { name = "b"; x = toFile "x" "${toFile "y" "${./tree}"}"; }).drvPath; };
    dependencyDeepOnFile = shown { a = (make { name = "b"; x = unsafeDiscardOutputDependency (make { name = "c"; y = make { name = "d"; }; }).drvPath; }).drvPath; };
    sameSourceTwice = shown { a = ./tree; b = "${./tree}/sub"; };
    metaAttributes = shown { meta = "x"; passthru = "y"; type = "z"; drvPath = "d"; outPath = "o"; drvAttrs = "a"; };

    # Structured attributes.
    structured = shown { __structuredAttrs = true; a = 1; b = { c = [ 1.5 null true "é\n" ]; }; };
    structuredFalse = shown { __structuredAttrs = false; a = 1; };
    structuredNotBoolean = shown { __structuredAttrs = 1; };
    structuredOutputs = shown { __structuredAttrs = true; outputs = [ "out" "dev" ]; };
    structuredOutputsText = strict { __structuredAttrs = true; outputs = "out dev"; };
    structuredArguments = shown { __structuredAttrs = true; args = [ "a" ./tree/plain.txt ]; };
    structuredDependencies = shown { __structuredAttrs = true; a = [ (make { name = "a"; }) ./tree ]; b.c = text; };
    structuredBuilderPath = shown { __structuredAttrs = true; builder = ./tree/run.sh; };
    structuredBuilderContext = shown { __structuredAttrs = true; builder = "${make { name = "a"; }}/bin/x"; };
    structuredSystemContext = shown { __structuredAttrs = true; system = "${make { name = "a"; }}"; };
    structuredFixed = shown { __structuredAttrs = true; outputHash = sha256; outputHashAlgo = "sha256"; outputHashMode = "recursive"; };
    structuredFixedNoAlgorithm = shown { __structuredAttrs = true; outputHash = sri; outputHashAlgo = null; };
    structuredIgnoreNulls = shown { __structuredAttrs = true; __ignoreNulls = true; a = null; b.c = null; };
    structuredJson = shown { __structuredAttrs = true; __json = "x"; };
    structuredToString = shown { __structuredAttrs = true; a = { __toString = self: "text"; }; b = { outPath = ./tree/plain.txt; }; };
    structuredFunction = shown { __structuredAttrs = true; a = x: x; };
    structuredNames = shown { __structuredAttrs = true; "é\"\\" = "/"; "\n" = 1; z = 0.1; y = 1.0e100; x = -0.0; };
    structuredBig = shown { __structuredAttrs = true; a = 9223372036854775807; b = [ ]; c = { }; };
    structuredReferences = shown { __structuredAttrs = true; outputChecks.out.maxSize = 1; allowedReferences = [ ]; };
    givenJson = shown { __json = ''{"b":1,"a":[true,null,1.0]}''; };
    givenJsonWrong = shown { __json = "{"; };
    givenJsonList = shown { __json = "[1]"; };

    # Fixed outputs.
    flat = fixed { };
    flatMode = fixed { outputHashMode = "flat"; };
    recursive = fixed { outputHashMode = "recursive"; };
    nar = fixed { outputHashMode = "nar"; };
    textMode = fixed { outputHashMode = "text"; };
    gitMode = fixed { outputHashMode = "git"; };
    unknownMode = fixed { outputHashMode = "odd"; };
    modeWithoutHash = shown { outputHashMode = "recursive"; };
    unknownModeWithoutHash = shown { outputHashMode = "odd"; };
    algorithmWithoutHash = shown { outputHashAlgo = "sha256"; };
    fixedOutputs = fixed { outputs = [ "out" "dev" ]; };
    fixedOtherOutput = fixed { outputs = [ "dev" ]; };
    fixedOutputOut = fixed { outputs = [ "out" ]; };
    fixedSri = shown { outputHash = sri; };
    fixedSriEmptyAlgorithm = shown { outputHash = sri; outputHashAlgo = ""; };
    fixedSriAlgorithm = shown { outputHash = sri; outputHashAlgo = "sha256"; };
    fixedSriOtherAlgorithm = shown { outputHash = sri; outputHashAlgo = "sha512"; };
    fixedPrefixed = shown { outputHash = "sha256:${sha256}"; };
    fixedBase32 = fixed { outputHash = "0mdqa9w1p6cmli6976v4wi0sw9r4p5prkj7lzfd1877wk11c9c73"; };
    fixedBase64 = fixed { outputHash = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="; };
    fixedUpperCase = fixed { outputHash = "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855"; };
    fixedNoAlgorithm = shown { outputHash = sha256; };
    fixedUnknownAlgorithm = fixed { outputHashAlgo = "sha3"; };
    fixedSriUnknownAlgorithm = shown { outputHash = sri; outputHashAlgo = "sha3"; };
    fixedEmpty = fixed { outputHash = ""; };
    fixedEmptyNoAlgorithm = shown { outputHash = ""; };
    fixedShort = fixed { outputHash = "abc"; };
    fixedNotDigits = fixed { outputHash = builtins.replaceStrings [ "0" ] [ "g" ] zeros; };
    fixedSriShort = shown { outputHash = "sha256-abc="; };
    fixedNumber = fixed { outputHash = 1; };
    fixedMd5 = fixed { outputHashAlgo = "md5"; outputHash = "d41d8cd98f00b204e9800998ecf8427e"; };
    fixedSha1 = fixed { outputHashAlgo = "sha1"; outputHash = "da39a3ee5e6b4b0d3255bfef95601890afd80709"; };
    fixedSha1Recursive = fixed { outputHashAlgo = "sha1"; outputHash = "da39a3ee5e6b4b0d3255bfef95601890afd80709"; outputHashMode = "recursive"; };
    fixedSha512 = fixed { outputHashAlgo = "sha512"; outputHash = "sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg=="; };
    fixedSha512Recursive = fixed { outputHashAlgo = "sha512"; outputHash = "sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg=="; outputHashMode = "recursive"; };
    fixedBlake3 = fixed { outputHashAlgo = "blake3"; outputHash = sha256; };
    fixedContentAddressed = fixed { __contentAddressed = false; };
    fixedDependants = let a = make { name = "a"; url = "u"; outputHash = sri; }; in shown { inherit a; b = make { inherit a; }; };
    fetchurl = show (import <nix/fetchurl.nix> { url = "http://x/y.tar.gz"; hash = sri; });
    fetchurlSha = show (import <nix/fetchurl.nix> { url = "http://x/y"; inherit sha256; name = "z"; executable = true; });
    fetchurlUnpack = show (import <nix/fetchurl.nix> { url = "http://x/y.nar.xz"; hash = sri; unpack = true; });

    # Without the features.
    contentAddressed = shown { __contentAddressed = true; };
    contentAddressedNotBoolean = shown { __contentAddressed = 1; };
    impure = shown { __impure = true; };
    impureFalse = shown { __impure = false; };
    outputOf = builtins ? outputOf;

    # Texts.
    toFile = toFile "name" "text";
    toFileEmpty = toFile "name" "";
    toFileName = toFile "a b" "text";
    toFileReference = toFile "name" "${text} ${./tree}";
    toFileDerivation = toFile "name" "${make { }}";
    toFileDrvPath = toFile "name" (make { }).drvPath;
    toFileDrvFile = toFile "name" (unsafeDiscardOutputDependency (make { }).drvPath);
    toFileNameContext = toFile "${text}" "text";
    toFileNumber = toFile "name" 1;
    toFileContext = getContext (toFile "name" "${text}");
    readToFile = builtins.readFile (toFile "name" "text");
    importToFile = import (toFile "name.nix" "{ a = 1; }");
    readDirOfFilter = builtins.readDir (path { path = ./tree; filter = path: kind: kind == "regular"; });
    existsInFilter = builtins.pathExists "${filterSource (path: kind: baseNameOf path != "sub") ./tree}/sub/a.nix";

    # Sources.
    path = path { path = ./tree; };
    pathName = path { path = ./tree; name = "x"; };
    pathNameWrong = path { path = ./tree; name = "a b"; };
    pathNameEmpty = path { path = ./tree/plain.txt; name = ""; };
    pathFile = path { path = ./tree/plain.txt; };
    pathExecutable = path { path = ./tree/run.sh; };
    pathLink = path { path = ./tree/link; };
    pathFlat = path { path = ./tree/plain.txt; recursive = false; };
    pathFlatExecutable = path { path = ./tree/run.sh; recursive = false; };
    pathFlatLink = path { path = ./tree/link; recursive = false; };
    pathFilter = path { path = ./tree; filter = path: kind: kind != "directory"; };
    pathFilterNames = path { path = ./tree; filter = path: kind: builtins.match ".*\\.txt|.*/sub" path != null; };
    pathFilterNotBoolean = path { path = ./tree; filter = path: kind: 1; };
    pathFilterNotFunction = path { path = ./tree; filter = 1; };
    pathFilterThrows = path { path = ./tree; filter = path: kind: throw "no"; };
    pathFilterFile = path { path = ./tree/plain.txt; filter = path: kind: false; };
    pathHash = path { path = ./tree/plain.txt; recursive = false; sha256 = hashFile "sha256" ./tree/plain.txt; };
    pathHashWrong = path { path = ./tree/plain.txt; recursive = false; inherit sha256; };
    pathHashWrongFolder = path { path = ./tree; sha256 = sri; };
    pathHashEmpty = path { path = ./tree; sha256 = ""; };
    pathHashShort = path { path = ./tree; sha256 = "abc"; };
    pathHashOther = path { path = ./tree; sha256 = "sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk="; };
    pathUnknown = path { path = ./tree; filer = 1; };
    pathWithoutPath = path { name = "x"; };
    pathMissing = path { path = ./missing; };
    pathText = path { path = toString ./tree; };
    pathRelative = path { path = "tree"; };
    pathContext = getContext (path { path = ./tree; });
    pathOfStore = path { path = text; };
    pathOfStoreName = path { path = text; name = "other"; };
    pathOfReferring = path { path = toFile "referring" "${./tree}"; name = "x"; };
    pathOfReferringUsed = shown { a = path { path = toFile "referring" "${./tree}"; name = "x"; }; };
    pathOfReferringDeep = shown { a = (make { name = "b"; x = path { path = toFile "referring" "${./tree}"; name = "x"; }; }).drvPath; };
    readMissingInCopy = builtins.readFile "${./tree}/nope";
    readDirOfText = builtins.readDir text;
    readDrv = builtins.readFile (make { }).drvPath;
    importDrv = builtins.mapAttrs (name: value: if name == "all" then map (output: output.outPath) value else value.outPath or value) (import (make { outputs = [ "out" "dev" ]; }).drvPath);
    importDrvContext = getContext (import (make { }).drvPath).outPath;
    importDrvUsed = shown { a = import (make { name = "a"; outputs = [ "out" "dev" ]; }).drvPath; };
    filter = filterSource (path: kind: true) ./tree;
    filterKinds = filterSource (path: kind: kind == "symlink" || kind == "directory") ./tree;
    filterNotFunction = filterSource 1 ./tree;
    filterFile = filterSource (path: kind: true) ./tree/plain.txt;
    interpolated = "${./tree}";
    interpolatedFile = "${./tree/plain.txt}";
    interpolatedLink = "${./tree/link}";
    interpolatedSub = "${./tree}/sub";
    interpolatedHidden = "${./tree + "/sub"}";
    joined = "${./tree}" + "/x";
    joinedPath = toString (./tree + "/x");
    storePathShort = builtins.storePath "/nix/store/0000";
    storePathOutside = builtins.storePath ./tree;
    storePathOfText = getContext (builtins.storePath (unsafeDiscardStringContext text));
    pathThroughLink = path { path = ./tree/way/a.nix; };
    pathOfLinkToFolder = path { path = ./tree/way; };
    pathFilteredLink = path { path = ./tree/way; name = "x"; filter = path: kind: builtins.match ".*/way/.*" path == null; };
    storeDir = builtins.storeDir;

    # Contexts.
    contextOfOutput = getContext "${make { outputs = [ "a" "b" ]; }}${(make { outputs = [ "a" "b" ]; }).b}";
    contextOfDrvPath = getContext (make { }).drvPath;
    contextOfDrvFile = getContext (unsafeDiscardOutputDependency (make { }).drvPath);
    contextAdded = getContext (addDrvOutputDependencies (unsafeDiscardOutputDependency (make { }).drvPath));
    contextAddedTwice = getContext (addDrvOutputDependencies (make { }).drvPath);
    contextAddedToOutput = addDrvOutputDependencies "${make { }}";
    contextAddedToNothing = addDrvOutputDependencies "x";
    contextAddedToSource = addDrvOutputDependencies "${./tree}";
    appended = getContext (appendContext "x" { ${unsafeDiscardStringContext (make { }).drvPath} = { outputs = [ "out" ]; path = true; allOutputs = true; }; });
    appendedSource = getContext (appendContext "x" { ${unsafeDiscardStringContext text} = { path = true; }; });
    appendedNothing = getContext (appendContext "x" { ${unsafeDiscardStringContext text} = { }; });
    appendedOutside = appendContext "x" { "/a" = { path = true; }; };
    appendedNoDerivation = appendContext "x" { ${unsafeDiscardStringContext text} = { allOutputs = true; }; };
    appendedOutputsNoDerivation = appendContext "x" { ${unsafeDiscardStringContext text} = { outputs = [ "out" ]; }; };
    appendedUsed = shown { a = appendContext "x" { ${unsafeDiscardStringContext (make { }).drvPath} = { outputs = [ "out" ]; }; }; };

    # Hashes.
    hashes = map (algorithm: hashString algorithm "abc") [ "md5" "sha1" "sha256" "sha512" ];
    hashBlake3 = hashString "blake3" "abc";
    hashUnknown = hashString "sha3" "abc";
    hashContext = hashString "sha256" text;
    hashFiles = map (algorithm: hashFile algorithm ./tree/run.sh) [ "md5" "sha1" "sha256" "sha512" ];
    hashFileUnknown = hashFile "crc" ./tree/run.sh;
    converted = map (toHashFormat: convertHash { hash = sha256; hashAlgo = "sha256"; inherit toHashFormat; }) [ "base16" "nix32" "base32" "base64" "sri" ];
    convertedFromSri = map (toHashFormat: convertHash { hash = sri; inherit toHashFormat; }) [ "base16" "nix32" "base64" "sri" ];
    convertedUnknown = convertHash { hash = sri; toHashFormat = "base8"; };
    convertedNoAlgorithm = convertHash { hash = sha256; toHashFormat = "sri"; };
    convertedOtherAlgorithm = convertHash { hash = sri; hashAlgo = "md5"; toHashFormat = "sri"; };
    convertedBlake3 = convertHash { hash = sha256; hashAlgo = "blake3"; toHashFormat = "sri"; };
    placeholders = map placeholder [ "out" "dev" "" "a b" ];
    placeholderNumber = placeholder 1;
    placeholderContext = placeholder "${make { }}";
  };

  on = {
    floating = show (floating { });
    floatingOutputs = show (floating { outputs = [ "out" "dev" ]; });
    floatingFlat = show (floating { outputHashMode = "flat"; });
    floatingText = show (floating { outputHashMode = "text"; });
    floatingGit = show (floating { outputHashMode = "git"; outputHashAlgo = "sha1"; });
    floatingSha512 = show (floating { outputHashAlgo = "sha512"; outputHashMode = "recursive"; });
    floatingBlake3 = show (floating { outputHashAlgo = "blake3"; });
    floatingUnknownAlgorithm = show (floating { outputHashAlgo = "sha3"; });
    floatingNull = show (floating { outputHashAlgo = null; });
    floatingFixed = show (floating { outputHash = sri; });
    floatingStructured = show (floating { __structuredAttrs = true; a.b = 1; });
    floatingFalse = shown { __contentAddressed = false; };
    floatingDependant = shown { a = floating { }; };
    floatingDependantOutputs = shown { a = (floating { outputs = [ "out" "dev" ]; }).dev; outputs = [ "out" "lib" ]; };
    floatingOfFloating = show (floating { name = "m"; a = floating { }; });
    floatingDependantOfDependant = shown { a = make { a = floating { }; }; };
    floatingDrvPath = shown { a = (floating { }).drvPath; };
    floatingFixedDependant = fixed { a = floating { }; };
    floatingDependsOnPlain = show (floating { a = make { }; t = text; });
    floatingPlaceholder = show (floating { a = placeholder "out"; });
    impure = shown { __impure = true; };
    impureOutputs = shown { __impure = true; outputs = [ "out" "dev" ]; };
    impureAndFloating = shown { __impure = true; __contentAddressed = true; };
    impureDependant = shown { a = make { __impure = true; }; };
    impureMode = shown { __impure = true; outputHashMode = "flat"; outputHashAlgo = "sha1"; };
    impureFixedDependant = fixed { a = make { __impure = true; }; };
    impureOfImpure = shown { __impure = true; a = make { name = "a"; __impure = true; }; };
    text = fixed { outputHashMode = "text"; };
    git = fixed { outputHashMode = "git"; outputHashAlgo = "sha1"; outputHash = "da39a3ee5e6b4b0d3255bfef95601890afd80709"; };
    gitSha256 = fixed { outputHashMode = "git"; };
    gitMd5 = fixed { outputHashMode = "git"; outputHashAlgo = "md5"; outputHash = "d41d8cd98f00b204e9800998ecf8427e"; };
    drvName = show (floating { name = "a.drv"; outputHashMode = "text"; });
    drvNameFixed = fixed { name = "a.drv"; outputHashMode = "text"; };
    drvNameOutputs = show (floating { name = "a.drv"; outputHashMode = "text"; outputs = [ "x" ]; });
    drvNameRecursive = show (floating { name = "a.drv"; });
    blake3 = fixed { outputHashAlgo = "blake3"; };
    blake3Recursive = fixed { outputHashAlgo = "blake3"; outputHashMode = "recursive"; };
    hashBlake3 = map (hashString "blake3") [ "" "abc" (builtins.concatStringsSep "" (builtins.genList toString 2000)) ];
    hashFileBlake3 = hashFile "blake3" ./tree/run.sh;
    convertBlake3 = convertHash { hash = sha256; hashAlgo = "blake3"; toHashFormat = "sri"; };
    outputOf = let p = floating { name = "a.drv"; outputHashMode = "text"; }; in {
      text = builtins.outputOf p.outPath "out";
      context = builtins.toJSON (builtins.attrNames (getContext (builtins.outputOf p.outPath "out")));
    };
    outputOfPlain = builtins.outputOf (make { }).drvPath "out";
    outputOfPlainContext = getContext (builtins.outputOf (make { }).drvPath "out");
    outputOfFloating = builtins.outputOf (floating { }).drvPath "out";
    outputOfTwice = builtins.outputOf (builtins.outputOf (floating { name = "a.drv"; outputHashMode = "text"; }).outPath "out") "dev";
    outputOfText = builtins.outputOf "x" "out";
    outputOfMissing = builtins.outputOf (unsafeDiscardOutputDependency (make { }).drvPath) "dev";
    outputOfFile = builtins.outputOf (unsafeDiscardOutputDependency (make { }).drvPath) "out";
    outputOfFileFloating = builtins.outputOf (unsafeDiscardOutputDependency (floating { }).drvPath) "out";
    outputOfOther = builtins.outputOf "x${floating { name = "a.drv"; outputHashMode = "text"; }}" "out";
    outputOfOtherFile = builtins.outputOf "${text}x" "out";
    outputOfName = shown { name = builtins.outputOf (floating { name = "a.drv"; outputHashMode = "text"; }).outPath "out"; };
    outputOfUsed = shown { a = builtins.outputOf (floating { name = "a.drv"; outputHashMode = "text"; }).outPath "out"; };
    outputOfUsedTwice = shown {
      a = builtins.outputOf (builtins.outputOf (floating { name = "a.drv"; outputHashMode = "text"; }).outPath "out") "dev";
      b = builtins.outputOf (floating { name = "a.drv"; outputHashMode = "text"; }).outPath "lib";
      c = floating { name = "a.drv"; outputHashMode = "text"; };
      d = make { name = "z"; };
    };
    outputOfUsedByDependant = shown { a = make { name = "m"; a = builtins.outputOf (floating { name = "a.drv"; outputHashMode = "text"; }).outPath "out"; }; };
  };
}
