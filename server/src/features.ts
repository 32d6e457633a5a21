// Binds the editor layer to what the protocol asks of it.

import type { Analysis, Features } from "./lsp/index.js"
import { parse } from "./syntax/index.js"

/** The features of an open document. */
export const features: Features = {
  analyze(_path, text): Analysis {
    const { problems } = parse(text)
    return {
      problems,
      hover: async () => undefined,
      actions: () => [],
      symbols: () => [],
      folds: () => [],
    }
  },
  optionPage: answer => `# ${answer.path}`,
}
