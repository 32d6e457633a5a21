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
    isAttrs
    isList
    isString
    substring
    typeOf
    ;
  inherit (lib) catAttrs imap1 isFunction optionalString showOption;
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
    if isString item then
      if substring 0 1 item == "/" then item else "${toString modulesPath}/${item}"
    else if isConvertibleWithToString item then
      if item ? key && item.key != toString item then
        throw "Module `${file}` contains a disabledModules item that is an attribute set that can be converted to a string (${toString item}) but also has a `.key` attribute (${item.key}) with a different value. This makes it ambiguous which module should be disabled."
      else
        toString item
    else if item ? key then
      item.key
    else if isAttrs item then
      throw "Module `${file}` contains a disabledModules item that is an attribute set, presumably a module, that does not have a `key` attribute. This means that the module system doesn't have any means to identify the module that should be disabled. Make sure that you've put the correct value in disabledModules: a string path relative to modulesPath, a path value, or an attribute set with a `key` attribute."
    else
      throw "Each disabledModules item must be a path, string, or a attribute set with a key attribute, or a value supported by toString. However, one of the disabledModules items in `${toString file}` is none of that, but is of type ${typeOf item}.";

  # The tree of modules below `initial`: each node has its module, its key and its own imports. `disabledBelow` is what
  # the node and everything below it disables: a disabled module still counts here, its own `disabledModules` apply.
  collectTree =
    class: prefix: args:
    let
      checkClass =
        m:
        if class == null || m._class == null || m._class == class then
          m
        else
          throw ''
            The module `${m._file or m.key}` (class: ${escapeNixString m._class}) cannot be imported into a module evaluation that expects class ${escapeNixString class}.

            Help:
            - Ensure that you are importing the correct module.
            - Verify that the module's `_class`, ${escapeNixString m._class} matches the expected `class` ${escapeNixString class}.
            - If you are using a custom class, make sure it is correctly defined and used consistently across your modules.
          '';

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
                (
                  if module.disabledModules != [ ] then
                    [
                      {
                        file = module._file;
                        disabled = module.disabledModules;
                      }
                    ]
                  else
                    [ ]
                )
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
