// The texts of the files that are part of Nix. They are our own, but what a program or a trace can tell the place of stands at the
// line and column where it stands in Nix's text: attributes, parameters, and what may fail.

/** A text of pieces, each at the line and column where it begins. */
export function laidOut(pieces: readonly (readonly [line: number, column: number, piece: string])[]): string {
  const lines: string[] = []
  for (const [line, column, piece] of pieces)
    lines[line - 1] = (lines[line - 1] ?? "").padEnd(column - 1) + piece
  return `${Array.from(lines, line => line ?? "").join("\n")}\n`
}

/**
 * `builtins.derivation`, which is Nix code around `derivationStrict`: one attribute set per output, each holding all of them,
 * computed only when a path is asked for. The same text for every evaluation, hence one encoding.
 */
export const derivationText = laidOut([
  [30, 1, "drvAttrs@{"],
  [31, 3, 'outputs ? [ "out" ], ... }:'],
  [35, 1, "let"],
  [37, 3, "strict = derivationStrict drvAttrs;"],
  [39, 3, "common = drvAttrs"],
  [41, 5, "// (builtins.listToAttrs outputPairs)"],
  [42, 5, "// {"],
  [43, 7, "all = map (pair: pair.value) outputPairs;"],
  [44, 7, "inherit drvAttrs; };"],
  [47, 3, "pairOf = outputName: {"],
  [48, 5, "name = outputName;"],
  [49, 5, "value = common // {"],
  [50, 7, "outPath = builtins.getAttr outputName strict;"],
  [51, 7, "drvPath = strict.drvPath;"],
  [52, 7, 'type = "derivation";'],
  [53, 7, "inherit outputName; }; };"],
  [57, 3, "outputPairs = map pairOf outputs;"],
  [59, 1, "in"],
  [60, 1, "(builtins.head outputPairs).value"],
])

/** `<nix/fetchurl.nix>`: a derivation that downloads, used before anything is built. */
export const fetchurlText = laidOut([
  [2, 1, "{"],
  [3, 3, 'system ? "",'],
  [4, 3, "url,"],
  [5, 3, 'hash ? "",'],
  [8, 3, 'md5 ? "",'],
  [9, 3, 'sha1 ? "",'],
  [10, 3, 'sha256 ? "",'],
  [11, 3, 'sha512 ? "",'],
  [12, 3, "outputHash ?"],
  [13, 5, 'if hash != "" then hash'],
  [15, 5, 'else if sha512 != "" then sha512'],
  [17, 5, 'else if sha1 != "" then sha1'],
  [19, 5, 'else if md5 != "" then md5'],
  [21, 5, "else sha256,"],
  [23, 3, "outputHashAlgo ?"],
  [24, 5, 'if hash != "" then ""'],
  [26, 5, 'else if sha512 != "" then "sha512"'],
  [28, 5, 'else if sha1 != "" then "sha1"'],
  [30, 5, 'else if md5 != "" then "md5"'],
  [32, 5, 'else "sha256",'],
  [35, 3, "executable ? false,"],
  [36, 3, "unpack ? false,"],
  [37, 3, "name ? baseNameOf (toString url),"],
  [38, 3, "impure ? false }:"],
  [41, 1, "derivation ("],
  [42, 3, "{"],
  [43, 5, 'builder = "builtin:fetchurl";'],
  [46, 5, 'outputHashMode = if unpack || executable then "recursive" else "flat";'],
  [48, 5, "inherit"],
  [49, 7, "name"],
  [50, 7, "url"],
  [51, 7, "executable"],
  [52, 7, "unpack;"],
  [55, 5, 'system = "builtin";'],
  [58, 5, "preferLocalBuild = true;"],
  [61, 5, 'impureEnvVars = [ "http_proxy" "https_proxy" "ftp_proxy" "all_proxy" "no_proxy" ];'],
  [70, 5, "urls = [ url ]; }"],
  [72, 3, "// (if impure then { __impure = true; } else { inherit outputHashAlgo outputHash; }))"],
])
