# Matching definitions with the options that declare them, level by level, and the errors of what does not match.
{ lib }:
let
  inherit (builtins)
    all
    any
    attrNames
    concatLists
    concatMap
    concatStringsSep
    filter
    foldl'
    head
    isAttrs
    length
    mapAttrs
    typeOf
    unsafeGetAttrPos
    ;
  inherit (lib)
    isOption
    last
    mapAttrsToList
    mkOption
    optionalAttrs
    optionalString
    showFiles
    showOption
    types
    zipAttrs
    ;
  inherit (lib.modules) evalOptionValue pushDownProperties setDefaultModuleLocation;
  inherit (lib.strings) escapeNixIdentifier;

  mergeModules =
    prefix: modules:
    let
      definitionsOf =
        { _file, config, ... }:
        map (part: {
          config = part;
          file = _file;
        }) (pushDownProperties config);
    in
    mergeModules' prefix modules (concatMap definitionsOf modules);

  # `modules` have options at this level, `configs` definitions; both are zipped by name and each name is worked out lazily.
  mergeModules' =
    prefix: modules: configs:
    let
      here = concatStringsSep "." prefix;

      declsByName = zipAttrs (
        map (
          m:
          if !isAttrs m.options then
            throw ''
              An option declaration for `${here}' has type
              `${typeOf m.options}' rather than an attribute set.
              Did you mean to define this outside of `options'?
            ''
          else
            mapAttrs (name: options: {
              inherit (m) _file;
              inherit options;
              pos = unsafeGetAttrPos name m.options;
            }) m.options
        ) modules
      );

      checked = map (
        c:
        if isAttrs c.config then
          c
        else
          throw "In module `${c.file}', `${here}' is given a value of type `${typeOf c.config}', but it is a set of options. Is an option missing that would take such values?"
      ) configs;

      # For a name with sub-options, properties move down one level; for an option the definitions stay whole.
      pushedByName = zipAttrs (
        map (
          c:
          mapAttrs (
            _: value:
            map (config: {
              inherit (c) file;
              inherit config;
            }) (pushDownProperties value)
          ) c.config
        ) checked
      );
      rawByName = zipAttrs (
        map (
          c:
          mapAttrs (_: value: {
            inherit (c) file;
            inherit value;
          }) c.config
        ) checked
      );

      isDeclaration =
        loc: d:
        d.options ? _type
        && (d.options._type == "option" || throw (wrongDeclaration loc d.options._type d._file));

      resultsByName = mapAttrs (
        name: decls:
        let
          loc = prefix ++ [ name ];
          defs = rawByName.${name} or [ ];
          optionDecls = filter (d: isAttrs d.options && isDeclaration loc d) decls;
        in
        if length optionDecls == length decls then
          {
            matchedOptions = evalOptionValue loc (fixupOptionType loc (mergeOptionDecls loc decls)) defs;
            unmatchedDefns = [ ];
          }
        else if optionDecls == [ ] then
          mergeModules' loc decls (concatLists (pushedByName.${name} or [ ]))
        else if all (d: d.options.type.name or null == "submodule") optionDecls then
          {
            # Options written below an option of submodule type become one more module of that submodule.
            matchedOptions = evalOptionValue loc (fixupOptionType loc (
              mergeOptionDecls loc (map treeAsSubmodule decls)
            )) defs;
            unmatchedDefns = [ ];
          }
        else
          let
            parent = head optionDecls;
            kind = parent.options.type.description or "<no description>";
            children = showRawDecls loc (filter ({ options, ... }: !isOption options) decls);
          in
          throw "The option `${showOption loc}' of module `${parent._file}' has options below it, which its type `${kind}' cannot have:\n${children}"
      ) declsByName;

      matchedOptions = mapAttrs (_: r: r.matchedOptions) resultsByName;
      unmatchedByName =
        mapAttrs (_: r: r.unmatchedDefns) resultsByName // removeAttrs rawByName (attrNames matchedOptions);
    in
    {
      inherit matchedOptions;
      # Without definitions none can be unmatched, and the declarations below need not be looked at.
      unmatchedDefns =
        if configs == [ ] then
          [ ]
        else
          concatLists (
            mapAttrsToList (
              name: map (def: def // { prefix = [ name ] ++ (def.prefix or [ ]); })
            ) unmatchedByName
          );
    };

  treeAsSubmodule =
    decl:
    if isOption decl.options then
      decl
    else
      decl
      // {
        options = mkOption {
          type = types.submoduleWith {
            modules = [ { inherit (decl) options; } ];
            # No opinion: the declared submodule says how its definitions are read.
            shorthandOnlyDefinesConfig = null;
          };
        };
      };

  wrongDeclaration =
    loc: tag: file:
    "In module ${file}: expected an option declaration at option path `${showOption loc}` but got an attribute set with type ${tag}"
    + optionalString (tag == "option-type") ''


      When declaring an option, you must wrap the type in a `mkOption` call. It should look somewhat like:
          ${optionalString (length loc > 1) "\n    # ${showOption loc}"}
          ${escapeNixIdentifier (last loc)} = lib.mkOption {
            description = ...;
            type = <the type you wrote for ${escapeNixIdentifier (last loc)}>;
            ...
          };
    '';

  # The options found below `decls`, for the message about an option that cannot have any.
  showRawDecls =
    loc: decls:
    let
      paths =
        here: file: v:
        if !isAttrs v then
          [ ]
        else if isOption v then
          [
            {
              name = showOption here;
              inherit file;
            }
          ]
        else
          concatLists (mapAttrsToList (name: paths (here ++ [ name ]) file) v);
    in
    lib.concatMapStringsSep "\n" (p: " - option(s) with prefix `${p.name}' in module `${p.file}'") (
      lib.unique (
        lib.sort (a: b: a.name < b.name) (concatMap (d: paths loc d._file d.options) decls)
      )
    );

  # Several modules may declare one option when their types merge and no two of them give the same attribute.
  mergeOptionDecls =
    loc:
    foldl'
      (
        res: decl:
        let
          opt = decl.options;
          both = name: opt ? ${name} && res ? ${name};
          conflict = throw "The option `${showOption loc}' in `${decl._file}' is already declared in ${showFiles res.declarations}.";
          mergedType = res.type.typeMerge opt.type.functor;
          subModules = opt.type.getSubModules or null;
        in
        if any both [ "default" "example" "description" "apply" ] then
          conflict
        else
          opt
          // res
          // {
            declarations = res.declarations ++ [ decl._file ];
            declarationPositions = res.declarationPositions ++ [
              (
                if decl.pos or null != null then
                  decl.pos
                else
                  {
                    file = decl._file;
                    line = null;
                    column = null;
                  }
              )
            ];
            options =
              if subModules == null then
                res.options
              else
                map (setDefaultModuleLocation decl._file) subModules ++ res.options;
          }
          // optionalAttrs (both "type") { type = if mergedType == null then conflict else mergedType; }
      )
      {
        inherit loc;
        declarations = [ ];
        declarationPositions = [ ];
        options = [ ];
      };

  # The type that the option is evaluated with: sub-options that were declared beside it are put into it.
  fixupOptionType =
    loc: opt:
    let
      type = opt.type or types.unspecified;
    in
    if type.getSubModules or null == null then
      opt // { inherit type; }
    else
      opt
      // {
        type = type.substSubModules opt.options;
        options = [ ];
      };
in
{
  inherit fixupOptionType mergeModules mergeModules' mergeOptionDecls;
}
