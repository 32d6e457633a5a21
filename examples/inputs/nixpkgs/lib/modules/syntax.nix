# Reading one module: from a function, an attribute set or a path, in either syntax, to one shape.
{ lib }:
let
  inherit (builtins) addErrorContext all attrNames head isAttrs mapAttrs;
  inherit (lib) functionArgs isFunction optional;
  inherit (lib.modules) mkMerge;

  explicitAttrs = [
    "_class"
    "_file"
    "key"
    "disabledModules"
    "imports"
    "options"
    "config"
    "meta"
    "freeformType"
  ];
  shorthandAttrs = [
    "_class"
    "_file"
    "key"
    "disabledModules"
    "require"
    "imports"
    "freeformType"
  ];

  # `meta` and `freeformType` may stand beside the configuration in either syntax; both end up as ordinary definitions.
  withSideAttrs =
    m: config:
    let
      extra =
        optional (m ? meta) { inherit (m) meta; }
        ++ optional (m ? freeformType) { _module.freeformType = m.freeformType; };
    in
    if extra == [ ] then config else mkMerge ([ config ] ++ extra);

  # Gives every module the same shape, whichever of the two syntaxes it was written in.
  unifyModuleSyntax =
    file: key: m:
    let
      common = {
        _file = toString m._file or file;
        _class = m._class or null;
        key = toString m.key or key;
        disabledModules = m.disabledModules or [ ];
      };
      unsupported = attrNames (removeAttrs m explicitAttrs);
    in
    if !isAttrs m then
      throw "module ${file} (${key}) does not look like a module."
    else if m ? config || m ? options then
      if unsupported != [ ] then
        throw "Module `${key}' has an unsupported attribute `${head unsupported}'. This is caused by introducing a top-level `config' or `options' attribute. Add configuration attributes immediately on the top level instead, or move all of them (namely: ${toString unsupported}) into the explicit `config' attribute."
      else
        common
        // {
          imports = m.imports or [ ];
          options = m.options or { };
          config = withSideAttrs m (m.config or { });
        }
    else
      common
      // {
        imports = m.require or [ ] ++ m.imports or [ ];
        options = { };
        # Here `meta` is configuration already.
        config = withSideAttrs (removeAttrs m [ "meta" ]) (removeAttrs m shorthandAttrs);
      };

  # Calls a module function. Only the arguments that it names are looked up in `_module.args`, each lazily.
  applyModuleArgs =
    key: f: args:
    let
      contextOf = name: ''while evaluating the module argument `${name}' in "${key}":'';
      # Whoever asks for an argument that has to be computed needs all of `config`; that is worth telling.
      fromConfig =
        name:
        addErrorContext "noting that argument `${name}` is not externally provided, so querying `_module.args` instead, requiring `config`"
          args.config._module.args.${name};
      argument = name: _: addErrorContext (contextOf name) (args.${name} or (fromConfig name));
    in
    f (args // mapAttrs argument (functionArgs f));

  applyModuleArgsIfFunction =
    key: m: args:
    if isFunction m then applyModuleArgs key m args else m;

  setDefaultModuleLocation = file: m: {
    _file = file;
    imports = [ m ];
  };

  # Imports a file as a function of more than the module arguments, and keeps the file's own name in messages.
  importApply = path: staticArg: setDefaultModuleLocation path (import path staticArg);
  importJSON = file: dataModule lib.importJSON file;
  importTOML = file: dataModule lib.importTOML file;
  dataModule = read: _file: {
    inherit _file;
    config = read _file;
  };
in
{
  inherit
    applyModuleArgsIfFunction
    importApply
    importJSON
    importTOML
    setDefaultModuleLocation
    unifyModuleSyntax
    ;
}
