# Strings: building, splitting, escaping and the small parsers (numbers, names, versions) that modules and packages use.
{ lib }:
let
  inherit (builtins)
    concatStringsSep
    elemAt
    genList
    head
    isAttrs
    isInt
    isList
    isPath
    isString
    length
    match
    replaceStrings
    stringLength
    substring
    ;
  inherit (lib) concatMap elem filter;

  lower = "abcdefghijklmnopqrstuvwxyz";
  upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  chars = s: genList (i: substring i 1 s) (stringLength s);

  # Reads a number in base 10 that may have blanks around it; `allowZeros` says whether leading zeros are fine.
  readInt =
    caller: allowZeros: text:
    let
      strict = match "[[:space:]]*(-?[[:digit:]]+)[[:space:]]*" text;
      digits = head strict;
      padded = match "-?0[[:digit:]]+" digits != null;
      stripped = match "(-?)0*([[:digit:]]+)" digits;
    in
    if strict == null then
      throw "${caller}: Could not convert ${lib.strings.escapeNixString text} to int."
    else if padded && !allowZeros then
      throw "${caller}: Ambiguity in interpretation of ${lib.strings.escapeNixString text} between octal and zero padded integer."
    else
      builtins.fromJSON (concatStringsSep "" stripped);
  # Each of some characters as something else.
  translated = characters: make: builtins.replaceStrings characters (map make characters);
  hex = width: n: lib.fixedWidthString width "0" (lib.toHexString n);
in
rec {
  inherit (builtins)
    compareVersions
    concatStringsSep
    elem
    elemAt
    filter
    fromJSON
    genList
    head
    isAttrs
    isInt
    isList
    isPath
    isString
    match
    parseDrvName
    readFile
    replaceStrings
    split
    storeDir
    stringLength
    substring
    tail
    toJSON
    typeOf
    unsafeDiscardStringContext
    ;

  concatStrings = concatStringsSep "";
  join = concatStringsSep;
  concatMapStrings = f: xs: concatStrings (map f xs);
  concatImapStrings = f: xs: concatStrings (lib.imap1 f xs);
  concatMapStringsSep =
    sep: f: xs:
    concatStringsSep sep (map f xs);
  concatImapStringsSep =
    sep: f: xs:
    concatStringsSep sep (lib.imap1 f xs);
  concatMapAttrsStringSep =
    sep: f: set:
    concatStringsSep sep (lib.mapAttrsToList f set);
  concatLines = concatMapStrings (s: s + "\n");
  intersperse =
    sep: xs:
    if length xs < 2 then
      xs
    else
      [ (head xs) ]
      ++ concatMap (x: [
        sep
        x
      ]) (builtins.tail xs);
  replicate = n: s: concatStrings (lib.lists.replicate n s);
  optionalString = cond: s: if cond then s else "";
  stringToCharacters = chars;
  stringAsChars = f: s: concatStrings (map f (chars s));
  charToInt = c: builtins.getAttr c asciiTable;
  replaceString =
    from: to:
    replaceStrings [ from ] [ to ];

  hasPrefix = prefix: s: substring 0 (stringLength prefix) s == prefix;
  hasSuffix =
    suffix: s:
    let
      n = stringLength suffix;
      m = stringLength s;
    in
    m >= n && substring (m - n) n s == suffix;
  hasInfix = infix: s: match ".*${escapeRegex infix}.*" "${s}" != null;
  removePrefix = prefix: s: if hasPrefix prefix s then substring (stringLength prefix) (-1) s else s;
  removeSuffix =
    suffix: s: if hasSuffix suffix s then substring 0 (stringLength s - stringLength suffix) s else s;
  splitString =
    sep: s:
    filter isString (builtins.split (escapeRegex (toString sep)) (toString s));
  splitStringBy =
    pred: keep: s:
    let
      cs = chars s;
      step =
        acc: i:
        let
          prev = if i == 0 then "" else elemAt cs (i - 1);
          cur = elemAt cs i;
        in
        if pred prev cur then
          acc ++ [ (if keep then cur else "") ]
        else
          lib.init acc ++ [ (lib.last acc + cur) ];
    in
    builtins.foldl' step [ "" ] (genList (i: i) (length cs));
  trim = trimWith {
    start = true;
    end = true;
  };
  trimWith =
    {
      start ? false,
      end ? false,
    }:
    s:
    let
      blanks = "[ \t\r\n]*";
      body = if end then "(.*[^ \t\r\n])${blanks}" else "(.*)";
      found = match "${if start then blanks else ""}${body}" s;
    in
    if found == null then "" else head found;

  upperChars = chars upper;
  lowerChars = chars lower;
  toLower = replaceStrings upperChars lowerChars;
  toUpper = replaceStrings lowerChars upperChars;
  toSentenceCase =
    s:
    lib.throwIfNot (isString s) "toSentenceCase does only accepts string values, but got ${typeOf s}" toUpper (substring 0 1 s) + toLower (substring 1 (stringLength s) s);
  toCamelCase =
    s:
    let
      words = filter (w: w != "") (
        concatMap (splitString "-") (concatMap (splitString "_") (splitString " " s))
      );
      first = head words;
    in
    if words == [ ] then
      ""
    else
      toLower (substring 0 1 first)
      + substring 1 (-1) first
      + concatMapStrings (w: toUpper (substring 0 1 w) + substring 1 (-1) w) (builtins.tail words);

  escape = characters: translated characters (c: "\\${c}");
  escapeC = characters: translated characters (c: "\\x${toLower (hex 2 (charToInt c))}");
  escapeRegex = escape (chars "\\[{()^$?*+|.");
  escapeURL =
    let
      safe = chars "${upper}${lower}0123456789-_.~";
      table = builtins.removeAttrs asciiTable safe;
    in
    replaceStrings (builtins.attrNames table) (
      lib.mapAttrsToList (_: code: "%${hex 2 code}") table
    );
  escapeXML =
    let
      entities = {
        "&" = "amp";
        "<" = "lt";
        ">" = "gt";
        "'" = "apos";
        "\"" = "quot";
      };
    in
    translated (builtins.attrNames entities) (c: "&${entities.${c}};");
  escapeShellArg =
    arg:
    let
      s = toString arg;
    in
    if match "[[:alnum:],._+:@%/-]+" s == null then "'${replaceStrings [ "'" ] [ "'\\''" ] s}'" else s;
  escapeShellArgs = concatMapStringsSep " " escapeShellArg;
  escapeNixString = s: escape [ "$" ] (builtins.toJSON s);
  escapeNixIdentifier =
    s:
    if
      match "[a-zA-Z_][a-zA-Z0-9_'-]*" s != null
      && !(elem s [ "assert" "else" "if" "in" "inherit" "let" "or" "rec" "then" "with" ])
    then
      s
    else
      escapeNixString s;
  isValidPosixName = name: match "[a-zA-Z_][a-zA-Z0-9_]*" name != null;
  toShellVar =
    name: value:
    let
      entry = key: element: "[${escapeShellArg key}]=${escapeShellArg element}";
      entries = concatStringsSep " " (lib.mapAttrsToList entry value);
      isText = isStringLike value;
    in
    assert lib.assertMsg (isValidPosixName name) "toShellVar: ${name} is not a valid shell variable name";
    if isList value then
      "declare -a ${name}=(${escapeShellArgs value})"
    else if isAttrs value && !isText then
      "declare -A ${name}=(${entries})"
    else
      "${name}=${escapeShellArg value}";
  toShellVars = vars: concatStringsSep "\n" (lib.mapAttrsToList toShellVar vars);

  isStringLike = x: isString x || isPath x || x ? outPath || x ? __toString;
  isConvertibleWithToString =
    x:
    isStringLike x
    || elem (builtins.typeOf x) [ "null" "int" "float" "bool" ]
    || (isList x && lib.all isConvertibleWithToString x);
  # A store object itself, not a file below one; or the place of a content-addressed derivation that is not built yet.
  isStorePath =
    x:
    isStringLike x
    && (
      let
        s = toString x;
      in
      match "/[0-9a-z]{52}" s != null || (substring 0 1 s == "/" && dirOf s == storeDir)
    );

  toInt = readInt "toInt" false;
  toIntBase10 = readInt "toIntBase10" true;
  floatToString = x: builtins.toJSON x;
  fixedWidthString =
    width: filler: s:
    let
      missing = width - stringLength s;
    in
    assert lib.assertMsg (missing >= 0)
      "fixedWidthString: requested string length (${toString width}) must not be shorter than actual length (${toString (stringLength s)})";
    replicate missing filler + s;
  fixedWidthNumber = width: n: fixedWidthString width "0" (toString n);

  fileContents = file: removeSuffix "\n" (readFile file);
  nameFromURL =
    url: sep:
    head (splitString sep (lib.last (splitString "/" url)));
  getName = x: if isString x then (parseDrvName x).name else x.pname or (parseDrvName x.name).name;
  getVersion =
    x: if isString x then (parseDrvName x).version else x.version or (parseDrvName x.name).version;
  versionOlder = a: b: compareVersions b a == 1;
  versionAtLeast = a: b: !versionOlder a b;
  normalizePath =
    s:
    (lib.optionalString (hasPrefix "/" s) "/")
    + concatStringsSep "/" (filter (p: p != "") (splitString "/" s))
    + lib.optionalString (hasSuffix "/" s && s != "/") "/";
  sanitizeDerivationName =
    s:
    let
      plain = unsafeDiscardStringContext s;
      cleaned = concatMapStrings (part: if isList part then "-" else part) (
        builtins.split "[^[:alnum:]+._?=-]+" (head (match "\\.*(.*)" plain))
      );
      n = stringLength cleaned;
      short = substring (lib.max (n - 207) 0) (-1) cleaned;
    in
    if short == "" then "unknown" else short;
  appendContext = builtins.appendContext;
  addContextFrom = src: target: substring 0 0 src + target;

  makeSearchPath = sub: pkgs: concatMapStringsSep ":" (p: p + "/" + sub) (filter (p: p != null) pkgs);
  makeSearchPathOutput =
    output: sub: pkgs:
    makeSearchPath sub (map (lib.getOutput output) pkgs);
  makeBinPath = makeSearchPathOutput "bin" "bin";
  makeLibraryPath = pkgs: makeSearchPath "lib" (map lib.getLib pkgs);
  makeIncludePath = makeSearchPathOutput "dev" "include";

  enableFeature =
    on: feature:
    "--${if on then "enable" else "disable"}-${feature}";
  enableFeatureAs =
    on: feature: value:
    enableFeature on feature + optionalString on "=${value}";
  withFeature =
    on: feature:
    "--${if on then "with" else "without"}-${feature}";
  withFeatureAs =
    on: feature: value:
    withFeature on feature + optionalString on "=${value}";
  cmakeOptionType =
    type: feature: value:
    "-D${feature}:${toUpper type}=${value}";
  cmakeBool = feature: on: cmakeOptionType "bool" feature (if on then "TRUE" else "FALSE");
  cmakeFeature = cmakeOptionType "string";
  mesonOption = feature: value: "-D${feature}=${value}";
  mesonBool = feature: on: mesonOption feature (lib.boolToString on);
  mesonEnable = feature: on: mesonOption feature (if on then "enabled" else "disabled");

  commonPrefixLength =
    a: b:
    length (lib.lists.commonPrefix (chars a) (chars b));
  commonSuffixLength =
    a: b:
    length (lib.lists.commonPrefix (lib.reverseList (chars a)) (lib.reverseList (chars b)));
  # Row by row over the shorter word: enough for option names, which is what suggestions compare.
  levenshtein =
    a: b:
    let
      bs = chars b;
      row =
        prev: ca:
        builtins.foldl' (
          acc: j:
          let
            cost = if elemAt bs j == ca then 0 else 1;
            best = lib.min (lib.min (lib.last acc + 1) (elemAt prev (j + 1) + 1)) (elemAt prev j + cost);
          in
          acc ++ [ (builtins.seq best best) ]
        ) [ (head prev + 1) ] (genList (j: j) (length bs));
    in
    lib.last (builtins.foldl' row (genList (j: j) (length bs + 1)) (chars a));
  levenshteinAtMost =
    k: a: b:
    let
      gap = stringLength a - stringLength b;
    in
    (if gap < 0 then -gap else gap) <= k && levenshtein a b <= k;

  asciiTable =
    let
      printable =
        " !\"#$%&'()*+,-./0123456789:;<=>?@${upper}[\\]^_`${lower}{|}~";
    in
    builtins.listToAttrs (
      lib.imap0 (i: c: lib.nameValuePair c (32 + i)) (chars printable)
      ++ [
        (lib.nameValuePair "\t" 9)
        (lib.nameValuePair "\n" 10)
        (lib.nameValuePair "\r" 13)
      ]
    );
}
