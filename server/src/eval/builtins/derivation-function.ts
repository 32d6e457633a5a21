// `builtins.derivation`, which is Nix code around `derivationStrict`: one attribute set per output, each holding all of
// them, computed only when a path is asked for. The same text for every evaluation, hence one encoding.
//
// The text is ours, so where a trace leads into it, lines are not all those that Nix shows. The two that nearly all traces lead
// to stand where Nix has them: the function, and the call of `derivationStrict`.

import { guillemets } from "../byte-text.js"

/** The name of the text, in which places of traces are. */
export const derivationFile = `${guillemets("nix-internal")}/derivation-internal.nix`

const blankLines = (count: number) => "\n".repeat(count)

export const derivationText = `${blankLines(29)}drvAttrs@{ outputs ? [ "out" ], ... }:
let
${blankLines(5)}  strict = derivationStrict drvAttrs;

  common = drvAttrs // builtins.listToAttrs results // { all = map (result: result.value) results; inherit drvAttrs; };
  result = output: {
    name = output;
    value = common // {
      outPath = builtins.getAttr output strict;
      drvPath = strict.drvPath;
      type = "derivation";
      outputName = output;
    };
  };
  results = map result outputs;
in
(builtins.head results).value
`
