# `evalModules`: ties collected modules, their options and their configuration into one fixed point.
{ lib }:
let
  inherit (builtins) addErrorContext attrNames concatStringsSep filter head length seq tail;
  inherit (lib)
    attrByPath
    init
    isOption
    last
    mkOption
    optional
    optionalAttrs
    recursiveUpdate
    reverseList
    setAttrByPath
    showOption
    sortOn
    take
    types
    ;
  inherit (lib.modules) collectModules mergeModules mkDefault;
  inherit (lib.options) showDefs;
  inherit (lib.strings) levenshtein levenshteinAtMost;

  # The options that every evaluation has: its own arguments, checks and free form.
  internalModule = prefix: evaluation: {
    _file = "lib/modules.nix";
    key = "lib/modules.nix";
    options._module = {
      args = mkOption (
        {
          type = types.lazyAttrsOf types.raw;
          description = "Additional arguments passed to each module, beside `lib`, `config`, `options` and `specialArgs`.";
        }
        // optionalAttrs (prefix != [ ]) { internal = true; }
      );
      check = mkOption {
        type = types.bool;
        internal = true;
        default = true;
        description = "Whether to check that every definition has a declared option.";
      };
      freeformType = mkOption {
        type = types.nullOr types.optionType;
        internal = true;
        default = null;
        description = "The type of definitions that no option declares; null refuses them.";
      };
      specialArgs = mkOption {
        readOnly = true;
        internal = true;
        description = "Externally provided module arguments, for the modules of submodules to read.";
      };
    };
    config._module = {
      inherit (evaluation) specialArgs;
      args = {
        inherit (evaluation) extendModules;
        moduleType = evaluation.type;
      };
    };
  };

  evalModules =
    evalModulesArgs@{
      modules,
      prefix ? [ ],
      specialArgs ? { },
      class ? null,
      # Kept for old callers: they put arguments and the check into a module of their own.
      args ? { },
      check ? true,
    }:
    let
      legacyModules =
        optional (evalModulesArgs ? args) {
          _file = "<unknown-file>";
          key = "lib/evalModules/args";
          config._module.args = args;
        }
        ++ optional (evalModulesArgs ? check) {
          key = "lib/evalModules/check";
          config._module.check = mkDefault check;
        };
      regularModules = modules ++ legacyModules;

      # Made anew by every evaluation, also by one that extends another: its arguments refer to this very one.
      internal = internalModule prefix { inherit extendModules specialArgs type; };

      importsHint = "if you get an infinite recursion here, `imports` is likely to depend on `config`, which is made of what is imported. Import always, and decide with an option and `mkIf`.";
      moduleArgs = {
        config = addErrorContext importsHint config;
        inherit lib options specialArgs;
        _prefix = prefix;
        _class = class;
      }
      // specialArgs;

      collected = collectModules class (specialArgs.modulesPath or "") (regularModules ++ [ internal ]) moduleArgs;
      merged = mergeModules prefix (reverseList collected.modules);
      options = merged.matchedOptions;

      config =
        let
          declared = lib.mapAttrsRecursiveCond (v: !isOption v) (_: opt: opt.value) options;
          freeform =
            let
              defs = map (def: {
                inherit (def) file;
                value = setAttrByPath def.prefix def.value;
              }) merged.unmatchedDefns;
            in
            if defs == [ ] then { } else declared._module.freeformType.merge prefix defs;
        in
        if declared._module.freeformType == null then
          declared
        else if attrNames declared == [ "_module" ] then
          freeform // declared
        else
          recursiveUpdate freeform declared;

      checkUnmatched =
        if config._module.check && config._module.freeformType == null && merged.unmatchedDefns != [ ] then
          throw (unmatchedMessage prefix options (head merged.unmatchedDefns))
        else
          null;

      extendModules =
        extendArgs@{
          modules ? [ ],
          specialArgs ? { },
          prefix ? [ ],
        }:
        evalModules (
          evalModulesArgs
          // {
            prefix = extendArgs.prefix or evalModulesArgs.prefix or [ ];
            specialArgs = (evalModulesArgs.specialArgs or { }) // specialArgs;
            modules = regularModules ++ modules;
            inherit class;
          }
        );

      type = types.submoduleWith { inherit modules specialArgs class; };

      # Collected a second time on purpose: keeping the first tree alive would keep every module's environment alive.
      graph = filter (node: node.key != "lib/modules.nix") (
        (collectModules class (specialArgs.modulesPath or "") (regularModules ++ [ internal ]) moduleArgs).graph
      );
    in
    {
      _type = "configuration";
      options = seq checkUnmatched options;
      config = seq checkUnmatched (removeAttrs config [ "_module" ]);
      _module = seq checkUnmatched config._module;
      inherit
        class
        extendModules
        graph
        type
        ;
    };

  unmatchedMessage =
    prefix: options: def:
    let
      path = prefix ++ def.prefix;
      text = showOption path;
      shownDef =
        addErrorContext
          "while evaluating the error message for definitions for `${text}', which is an option that does not exist"
          (addErrorContext "while evaluating a definition from `${def.file}'" (showDefs [ def ]));
      parent = init def.prefix;
      name = last def.prefix;
      siblings = filter (n: !(parent == [ ] && n == "_module")) (
        attrNames (attrByPath parent { } options)
      );
      # Measuring the full distance to thousands of names would take longer than the evaluation itself.
      near = if length siblings < 100 then siblings else filter (levenshteinAtMost 2 name) siblings;
      suggested = map (n: "`${showOption (init path ++ [ n ])}'") (
        take 3 (sortOn (levenshtein name) near)
      );
      hint =
        if suggested == [ ] then
          ""
        else if tail suggested == [ ] then
          "\n\nDid you mean ${head suggested}?"
        else
          "\n\nDid you mean ${concatStringsSep ", " (init suggested)} or ${last suggested}?";
      message = "The option `${text}' does not exist. Definition values:${shownDef}${hint}";
    in
    if attrNames options != [ "_module" ] then
      message
    else
      "${message}\n\n${
        if prefix == [ ] then
          "Nothing but `config` is set here: is this a declaration that belongs under `options'?"
        else
          "`${showOption prefix}' has no options at all: were they declared under `config' of its submodule?"
      }\n";
in
{
  inherit evalModules;
}
