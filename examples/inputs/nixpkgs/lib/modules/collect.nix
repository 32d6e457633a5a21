# Collecting modules: the tree of imports, what is disabled in it, and the flat list that is left.
{ lib }:
let
  inherit (builtins)
    any
    concatLists
    concatMap
    elem
    filter
    genericClosure
    head
    isAttrs
    isList
    isString
    typeOf
    ;
  inherit (lib) catAttrs imap1 isFunction optional optionalString showOption;
  inherit (lib.modules) applyModuleArgsIfFunction unifyModuleSyntax;
  inherit (lib.options) showDefs;
  inherit (lib.strings) escapeNixString isConvertibleWithToString;

  notAModule =
    {
      file,
      value,
      class,
      prefix,
    }:
    let
      # The language has no escape for this character, JSON has.
      escape = builtins.fromJSON ''"\u001b"'';
      bold = s: "${escape}[1m${s}${escape}[0m";
      purple = s: "${escape}[35;1m${s}${escape}[0m";
      place = optionalString (prefix != [ ]) ", while trying to load a module into ${bold (showOption prefix)}";
      hints = {
        configuration = "This is the result of an evaluation; instead of it, please only import the modules that make up the configuration.";
        option = "An option declaration belongs in the `options` attribute of a module.";
        option-type = "A type belongs in the `type` of an option, as in `lib.mkOption { type = ...; }`.";
        flake = "Import one of its modules instead, such as `inputs.name.${
          if class == null then "nixosModules" else "${class}Modules"
        }.default`.";
      };
    in
    "Expected a module, but found a value of type ${bold (purple (escapeNixString value._type))}, while trying to load a module into ${bold (toString file)}${place}.${
      optionalString (hints ? ${value._type}) "\n${hints.${value._type}}"
    }";

  # What a `disabledModules` item names: a module key.
  disabledKey =
    modulesPath: file: item:
    let
      refuse = why: throw "`disabledModules` of module `${toString file}` cannot disable this: ${why}";
      isText = isConvertibleWithToString item;
      text = toString item;
    in
    if isString item then
      if lib.hasPrefix "/" item then item else "${toString modulesPath}/${item}"
    else if isText && item.key or text != text then
      refuse "it reads `${text}`, and its `key` is `${item.key}`."
    else if isText then
      text
    else
      item.key or (refuse (
        if isAttrs item then
          "a module without a `key` has no name to be known by."
        else
          "wanted are paths, strings and modules with a `key`, and it is of type ${typeOf item}."
      ));

  # The tree of modules below `initial`: each node has its module, its key and its own imports. `disabledBelow` is what
  # the node and everything below it disables: a disabled module still counts here, its own `disabledModules` apply.
  collectTree =
    class: prefix: args:
    let
      checkClass =
        m:
        let
          name = m._file or m.key;
          quoted = map escapeNixString [ m._class class ];
        in
        if lib.elem m._class [ null class ] || class == null then
          m
        else
          throw "The module `${name}` (class: ${head quoted}) cannot be imported into a module evaluation that expects class ${lib.last quoted}.";

      load =
        file: key: m:
        if isFunction m then
          unifyModuleSyntax file key (applyModuleArgsIfFunction key m args)
        else if isAttrs m then
          if m._type or "module" == "module" then
            unifyModuleSyntax file key m
          else if m._type == "if" || m._type == "override" then
            load file key { config = m; }
          else
            throw (notAModule {
              inherit class file prefix;
              value = m;
            })
        else if isList m then
          throw "Module imports can't be nested lists. Perhaps you meant to remove one level of lists? Definitions: ${
            showDefs [
              {
                inherit file;
                value = m;
              }
            ]
          }"
        else
          let
            path = toString m;
          in
          unifyModuleSyntax path path (applyModuleArgsIfFunction path (import m) args);

      collect =
        parentFile: parentKey: modules:
        let
          nodes = imap1 (
            n: m:
            let
              module = checkClass (load parentFile "${parentKey}:anon-${toString n}" m);
              below = collect module._file module.key module.imports;
            in
            {
              inherit (module) key;
              inherit module;
              modules = below.nodes;
              disabled =
                optional (module.disabledModules != [ ]) {
                  disabled = module.disabledModules;
                  file = module._file;
                }
                ++ below.disabled;
            }
          ) modules;
        in
        {
          inherit nodes;
          disabled = concatLists (catAttrs "disabled" nodes);
        };
    in
    collect lib.options.unknownModule "";

  keysOf =
    modulesPath: disabledList:
    concatMap ({ file, disabled }: map (disabledKey modulesPath file) disabled) disabledList;

  collectModules =
    class: modulesPath: initial: args:
    let
      tree = collectTree class (args._prefix or [ ]) args initial;
      disabledKeys = keysOf modulesPath tree.disabled;
      enabled = filter (node: !(elem node.key disabledKeys));
    in
    {
      # Breadth first, so a module imported near the root wins over an equal key deeper down.
      modules = map (node: node.module) (genericClosure {
        startSet = enabled tree.nodes;
        operator = node: enabled node.modules;
      });
      graph =
        let
          describe = node: {
            inherit (node) key;
            file = node.module._file;
            imports = map describe node.modules;
            disabled = elem node.key disabledKeys;
          };
        in
        map describe tree.nodes;
    };
in
{
  inherit collectModules;
}
