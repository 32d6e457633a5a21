# The library: one fixed point of its parts. The parts are attributes of their own (`lib.strings`), and what is used most
# stands at the top too (`lib.concatStringsSep`). `lib.extend` adds to it, and every part sees the addition.
let
  inherit (import ./fixed-points.nix { lib = builtins // { inherit foldr; }; }) makeExtensible;
  # The only function that the fixed point needs before there is a library.
  foldr =
    op: nul: list:
    let
      n = builtins.length list;
      go = i: if i == n then nul else op (builtins.elemAt list i) (go (i + 1));
    in
    go 0;
in
makeExtensible (
  self:
  let
    part = file: import file { lib = self; };
    parts = {
      asserts = part ./asserts.nix;
      attrsets = part ./attrsets.nix;
      cli = part ./cli.nix;
      customisation = part ./customisation.nix;
      debug = part ./debug.nix;
      derivations = part ./derivations.nix;
      fileset = part ./fileset.nix;
      filesystem = part ./filesystem.nix;
      fixedPoints = part ./fixed-points.nix;
      generators = part ./generators.nix;
      licenses = part ./licenses.nix;
      lists = part ./lists.nix;
      maintainers = part ./maintainers.nix;
      meta = part ./meta.nix;
      modules = part ./modules.nix;
      options = part ./options.nix;
      path = part ./path.nix;
      platforms = part ./platforms.nix;
      sources = part ./sources.nix;
      strings = part ./strings.nix;
      stringsWithDeps = part ./strings-with-deps.nix;
      systems = part ./systems;
      teams = { };
      trivial = part ./trivial.nix;
      types = part ./types.nix;
      versions = part ./versions.nix;
    };
    # What a part offers at the top, but for names that mean something else there. The names come from the part as written,
    # since the names of a fixed point must not depend on itself; the values come through `self`, so that extensions reach them.
    top =
      name: except:
      builtins.mapAttrs (attr: _: self.${name}.${attr}) (removeAttrs parts.${name} except);
  in
  parts
  // {
    inherit (builtins)
      baseNameOf
      convertHash
      dirOf
      flakeRefToString
      fromTOML
      getContext
      hasContext
      hashFile
      hashString
      parseFlakeRef
      placeholder
      toFile
      toString
      toXML
      tryEval
      unsafeDiscardOutputDependency
      ;
    inherit (self.generators) mkLuaInline;
    inherit (self.stringsWithDeps)
      fullDepEntry
      noDepEntry
      packEntry
      stringAfter
      textClosureList
      textClosureMap
      ;
    inherit (self.types) isType setType;
    fakeHash = "sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    fakeSha256 = self.strings.replicate 64 "0";
    fakeSha512 = self.strings.replicate 128 "0";
    inherit (self.modules)
      applyModuleArgsIfFunction
      dischargeProperties
      doRename
      evalModules
      evalOptionValue
      filterOverrides
      fixMergeModules
      fixupOptionType
      mergeDefinitions
      mergeModules
      mergeModules'
      mergeOptionDecls
      mkAfter
      mkAliasAndWrapDefinitions
      mkAliasDefinitions
      mkAliasOptionModule
      mkAliasOptionModuleMD
      mkAssert
      mkBefore
      mkChangedOptionModule
      mkDefault
      mkDefinition
      mkDerivedConfig
      mkFixStrictness
      mkForce
      mkIf
      mkImageMediaOverride
      mkMerge
      mkMergedOptionModule
      mkOptionDefault
      mkOrder
      mkOverride
      mkRemovedOptionModule
      mkRenamedOptionModule
      mkRenamedOptionModuleWith
      mkVMOverride
      pushDownProperties
      setDefaultModuleLocation
      sortProperties
      unifyModuleSyntax
      ;
    inherit (self.types)
      defaultFunctor
      defaultTypeMerge
      isOptionType
      mkOptionType
      ;
  }
  // top "fixedPoints" [ ]
  // top "trivial" [ "codeName" "release" "versionSuffix" "oldestSupportedRelease" "revisionWithDefault" ]
  // top "lists" [ "commonPrefix" "findFirstIndex" "hasPrefix" "last" "removePrefix" "replicate" "concatLists" ]
  // { inherit (self.lists) concatLists last replicate; }
  // top "attrsets" [ "longestValidPathPrefix" "unionOfDisjoint" ]
  // top "strings" [
    "asciiTable"
    "charToInt"
    "commonPrefixLength"
    "commonSuffixLength"
    "escapeC"
    "escapeNixIdentifier"
    "escapeNixString"
    "floatToString"
    "isConvertibleWithToString"
    "levenshtein"
    "levenshteinAtMost"
    "normalizePath"
    "replicate"
    "sanitizeDerivationName"
    "storeDir"
  ]
  // top "options" [ "literalCode" "prioritySuggestion" "requireCoherentCheck" "renderOptionValue" "showDefs" ]
  // top "asserts" [ "assertEachOneOf" "checkAssertWarn" ]
  // top "debug" [ "throwTestFailures" ]
  // top "meta" [ "availableOn" "defaultPriority" "platformMatch" ]
  // top "customisation" [ ]
  // top "derivations" [ ]
  // top "sources" [ "trace" "shortRev" ]
  // top "filesystem" [ "haskellPathsInDir" "listFilesRecursive" "locateDominatingFile" "resolveDefaultNix" ]
  // top "versions" [ "major" "majorMinor" "minor" "pad" "patch" ]
)
