# Text formats from values: INI, key-value, JSON, YAML (its JSON subset), Lua, property lists, and Nix itself for messages.
{ lib }:
let
  inherit (builtins)
    concatStringsSep
    isAttrs
    isBool
    isFloat
    isInt
    isList
    isPath
    isString
    typeOf
    ;
  inherit (lib)
    concatMapStringsSep
    isFunction
    mapAttrsToList
    optionalString
    ;
  bad = caller: v: abort "${caller}: ${typeOf v} values are not supported: ${lib.generators.toPretty { } v}";
in
rec {
  mkValueStringDefault =
    { }:
    v:
    if isInt v then
      toString v
    else if lib.isDerivation v || isString v || isPath v then
      toString v
    else if v == true then
      "true"
    else if v == false then
      "false"
    else if v == null then
      "null"
    else if isFloat v then
      lib.floatToString v
    else
      bad "generators.mkValueStringDefault" v;
  mkKeyValueDefault =
    {
      mkValueString ? mkValueStringDefault { },
    }:
    sep: key: value:
    "${lib.escape [ sep ] key}${sep}${mkValueString value}";
  toKeyValue =
    {
      mkKeyValue ? mkKeyValueDefault { } "=",
      listsAsDuplicateKeys ? false,
      indent ? "",
    }:
    set:
    lib.concatStrings (
      lib.concatLists (
        mapAttrsToList (
          key: value:
          map (v: "${indent}${mkKeyValue key v}\n") (
            if listsAsDuplicateKeys then lib.toList value else [ value ]
          )
        ) set
      )
    );
  toINI =
    {
      mkSectionName ? (name: lib.escape [ "[" "]" ] name),
      mkKeyValue ? mkKeyValueDefault { } "=",
      listsAsDuplicateKeys ? false,
    }:
    sections:
    concatStringsSep "\n" (
      mapAttrsToList (
        name: values: "[${mkSectionName name}]\n" + toKeyValue { inherit mkKeyValue listsAsDuplicateKeys; } values
      ) sections
    );
  toINIWithGlobalSection =
    format:
    {
      globalSection,
      sections ? { },
    }:
    (
      if globalSection == { } then
        ""
      else
        toKeyValue (removeAttrs format [ "mkSectionName" ]) globalSection + "\n"
    )
    + toINI format sections;
  toGitINI =
    attrs:
    let
      section =
        path:
        let
          rest = lib.tail path;
        in
        builtins.head path + optionalString (rest != [ ]) " \"${lib.escape [ "\\" "\"" ] (concatStringsSep "." rest)}\"";
      show =
        v:
        if isBool v then
          lib.boolToString v
        else if isString v then
          # Always quoted: blanks at an end and comment characters would be lost otherwise.
          builtins.toJSON v
        else
          toString v;
      # Leaves belong to the section that the path above them names.
      gather =
        path: set:
        let
          isLeaf = v: !isAttrs v || lib.isDerivation v;
          leaves = lib.filterAttrs (_: isLeaf) set;
          below = lib.filterAttrs (_: v: !isLeaf v) set;
        in
        (lib.optional (leaves != { }) {
          inherit path leaves;
        })
        ++ lib.concatLists (mapAttrsToList (name: gather (path ++ [ name ])) below);
    in
    concatMapStringsSep "\n" (
      s:
      "[${section s.path}]\n"
      + toKeyValue {
        listsAsDuplicateKeys = true;
        mkKeyValue = key: v: "\t${key} = ${show v}";
      } s.leaves
    ) (gather [ ] attrs);

  toJSON = { }: builtins.toJSON;
  toYAML = { }: builtins.toJSON;

  mkLuaInline = expr: {
    _type = "lua-inline";
    inherit expr;
  };
  toLua =
    {
      multiline ? true,
      indent ? "",
      asBindings ? false,
    }@args:
    v:
    let
      inner = indent + "  ";
      deeper = args // {
        indent = inner;
        asBindings = false;
      };
      block =
        items:
        if items == [ ] then
          "{}"
        else if multiline then
          "{\n${inner}${concatStringsSep ",\n${inner}" items}\n${indent}}"
        else
          "{ ${concatStringsSep ", " items} }";
    in
    if asBindings then
      lib.concatStrings (mapAttrsToList (k: x: "${indent}${k} = ${toLua (args // { asBindings = false; }) x}\n") v)
    else if v == null then
      "nil"
    else if isInt v || isFloat v || isString v || isBool v then
      builtins.toJSON v
    else if isPath v || lib.isDerivation v then
      builtins.toJSON (toString v)
    else if isList v then
      block (map (toLua deeper) v)
    else if isAttrs v then
      if v._type or null == "lua-inline" then
        "(${v.expr})"
      else
        block (mapAttrsToList (k: x: "[${builtins.toJSON k}] = ${toLua deeper x}") v)
    else
      bad "generators.toLua" v;

  toPlist =
    {
      escape ? false,
    }:
    v:
    let
      text = if escape then lib.escapeXML else lib.id;
      render =
        ind: x:
        let
          deep = ind + "\t";
        in
        if x == null then
          ""
        else if isBool x then
          "${ind}<${lib.boolToString x}/>"
        else if isInt x then
          "${ind}<integer>${toString x}</integer>"
        else if isFloat x then
          "${ind}<real>${toString x}</real>"
        else if isString x || isPath x || lib.isDerivation x then
          "${ind}<string>${text (toString x)}</string>"
        else if isList x then
          "${ind}<array>\n${concatMapStringsSep "\n" (render deep) x}\n${ind}</array>"
        else if isAttrs x then
          let
            entries = lib.concatLists (
              mapAttrsToList (
                k: value:
                lib.optionals (value != null) [
                  "${deep}<key>${text k}</key>"
                  (render deep value)
                ]
              ) x
            );
          in
          "${ind}<dict>\n${concatStringsSep "\n" entries}\n${ind}</dict>"
        else
          bad "generators.toPlist" x;
    in
    ''
      <?xml version="1.0" encoding="UTF-8"?>
      <!DOCTYPE plist PUBLIC "-//Apple Computer//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
      <plist version="1.0">
    ''
    + render "" v
    + "\n</plist>";

  # Values whose printing would not end, or is too deep to be useful, are cut at `depthLimit`.
  withRecursion =
    {
      depthLimit,
      throwOnDepthLimit ? true,
    }:
    value:
    let
      keep = [
        "__functor"
        "__functionArgs"
        "__toString"
        "__pretty"
      ];
      cut =
        depth: name: v:
        if depth > depthLimit && !(builtins.elem name keep) then
          if throwOnDepthLimit then
            throw "Exceeded maximum eval-depth limit of ${toString depthLimit} while trying to evaluate with `generators.withRecursion'!"
          else
            "<unevaluated>"
        else if isAttrs v then
          builtins.mapAttrs (n: x: if builtins.elem n keep then x else cut (depth + 1) n x) v
        else if isList v then
          map (cut (depth + 1) name) v
        else if depth >= depthLimit && !throwOnDepthLimit then
          "<unevaluated>"
        else
          v;
    in
    cut 0 "" value;

  toPretty =
    {
      allowPrettyValues ? false,
      multiline ? true,
      indent ? "",
    }:
    v:
    let
      show =
        ind: x:
        let
          open = if multiline then "\n${ind}  " else " ";
          close = if multiline then "\n${ind}" else " ";
          deep = ind + "  ";
        in
        if isInt x then
          toString x
        else if isFloat x then
          builtins.toJSON x
        else if isString x then
          showString ind x
        else if x == true then
          "true"
        else if x == false then
          "false"
        else if x == null then
          "null"
        else if isPath x then
          toString x
        else if isList x then
          if x == [ ] then
            "[ ]"
          else
            "[" + open + concatMapStringsSep open (show deep) x + close + "]"
        else if isFunction x then
          let
            args = lib.functionArgs x;
            shown = concatStringsSep ", " (
              mapAttrsToList (name: optional: if optional then name + "?" else name) args
            );
          in
          if args == { } then "<function>" else "<function, args: {${shown}}>"
        else if isAttrs x then
          if allowPrettyValues && x ? __pretty && x ? val then
            x.__pretty x.val
          else if x == { } then
            "{ }"
          else if lib.isDerivation x then
            "<derivation ${x.name or "???"}>"
          else
            "{"
            + open
            + concatStringsSep open (
              mapAttrsToList (
                name: value:
                "${lib.strings.escapeNixIdentifier name} = ${
                  builtins.addErrorContext "while evaluating an attribute `${name}`" (show deep value)
                };"
              ) x
            )
            + close
            + "}"
        else
          abort "generators.toPretty: should never happen (v = ${typeOf x})";
      showString =
        ind: s:
        let
          rows = lib.splitString "\n" s;
          multi = "''" + "\n${ind}  " + concatMapStringsSep "\n${ind}  " (lib.replaceStrings [ "\${" "''" ] [ "''\${" "'''" ]) (lib.init rows);
          final = lib.last rows;
        in
        if multiline && builtins.length rows > 1 then
          multi + (if final == "" then "\n${ind}''" else "\n${ind}  ${final}''")
        else
          "\"" + lib.escape [ "\"" ] (lib.concatMapStringsSep "\\n" (lib.replaceStrings [ "\\" "\${" ] [ "\\\\" "\\\${" ]) rows) + "\"";
    in
    show indent v;
}
