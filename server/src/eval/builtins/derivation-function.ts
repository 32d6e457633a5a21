// `builtins.derivation`, which is Nix code around `derivationStrict`: one attribute set per output, each holding all of
// them, computed only when a path is asked for. The same text for every evaluation, hence one encoding.
//
// Traces show lines of it, with their numbers. So that they read as Nix's do, its lines begin where Nix's begin, and what
// traces can show has the names that people know.

import { guillemets } from "../byte-text.js"

/** The name of the text, in which places of traces are. */
export const derivationFile = `${guillemets("nix-internal")}/derivation-internal.nix`

/** Lines of Nix's text before the function, which are all remarks. */
const LINES_BEFORE = 29

export const derivationText = `${"\n".repeat(LINES_BEFORE)}drvAttrs@{
  outputs ? [ "out" ],
  ...
}:

let

  strict = derivationStrict drvAttrs;

  commonAttrs =
    drvAttrs
    // builtins.listToAttrs results
    // {
      all = map (result: result.value) results;
      inherit drvAttrs;
    };

  resultOf = outputName: {
    name = outputName;
    value = commonAttrs // {
      outPath = builtins.getAttr outputName strict;
      drvPath = strict.drvPath;
      type = "derivation";
      inherit outputName;
    };
  };

  results = map resultOf outputs;

in
(builtins.head results).value
`
