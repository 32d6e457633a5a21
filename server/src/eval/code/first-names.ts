// The names that Nix meets before it reads any program, in its order: those that the language itself looks at, then those of
// the builtins. Nix goes through a set in the order in which names were met, so of two attributes that fail the order says
// which failure is told. Found by asking Nix 2.34.8 for all of them at once, again and again without the first.

/** Names are separated by space; `""` is the empty one. */
const inOrder = `
  outPath drvPath type meta name value system __overrides outputs outputName __ignoreNulls file line column
  __functor __toString right wrong __structuredAttrs __json allowedReferences allowedRequisites
  disallowedReferences disallowedRequisites maxSize maxClosureSize builder args __contentAddressed __impure
  outputHash outputHashAlgo outputHashMode recurseForDerivations description self "" startSet operator key path
  prefix outputSpecified __sub __lessThan __mul __div or __findFile __nixPath body
  builtins true false null currentTime currentSystem nixVersion storeDir langVersion traceVerbose nixPath
  scopedImport import typeOf isNull isFunction isInt isFloat isString isBool isPath genericClosure break abort
  throw addErrorContext ceil floor tryEval getEnv seq deepSeq trace warn derivationStrict placeholder toPath
  storePath pathExists baseNameOf dirOf readFile findFile hashFile readFileType readDir outputOf toXML toJSON
  fromJSON toFile filterSource attrNames attrValues getAttr unsafeGetAttrPos hasAttr isAttrs removeAttrs
  listToAttrs intersectAttrs catAttrs functionArgs mapAttrs zipAttrsWith isList elemAt head tail map filter elem
  concatLists length foldl' any all genList sort partition groupBy concatMap add sub mul div bitAnd bitOr bitXor
  lessThan toString substring stringLength hashString convertHash match split concatStringsSep replaceStrings
  parseDrvName compareVersions splitVersion unsafeDiscardStringContext hasContext unsafeDiscardOutputDependency
  addDrvOutputDependencies getContext appendContext fetchMercurial fetchTree fetchurl fetchTarball fetchGit
  fromTOML getFlake parseFlakeRef flakeRefToString derivation
  drvAttrs strict commonAttrs outputsList x outputToAttrListElement
`

export const firstNames: readonly string[] = inOrder
  .trim()
  .split(/\s+/)
  .map(name => (name === '""' ? "" : name))
