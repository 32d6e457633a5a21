// `builtins.derivation`, which is Nix code around `derivationStrict`: one attribute set per output, each holding all of
// them, computed only when a path is asked for. The same text for every evaluation, hence one encoding.
//
// The text is our own, so the lines that a trace shows differ from Nix's. But what may fail is at the same line and column as in
// Nix's text.

import { guillemets } from "../values/byte-text.js"

/** The name of the text, in which places of traces are. */
export const derivationFile = `${guillemets("nix-internal")}/derivation-internal.nix`

const blankLines = (count: number) => "\n".repeat(count)

export const derivationText = `${blankLines(29)}drvAttrs@{ outputs ? [ "out" ], ... }:
let
${blankLines(5)}  strict = derivationStrict drvAttrs;

  common =
    drvAttrs
    // (builtins.listToAttrs outputPairs)
    // { all = map (result: result.value) outputPairs; inherit drvAttrs; };
${blankLines(4)}  result = output: {
    name = output;
    value = common // {
      outPath = builtins.getAttr output strict;
      drvPath = strict.drvPath;
      type = "derivation";
      outputName = output;
    };
  };

  outputPairs = map result outputs;

in
(builtins.head outputPairs).value
`
