# Command line arguments from attribute sets.
{ lib }:
rec {
  toGNUCommandLineShell = options: attrs: lib.escapeShellArgs (toGNUCommandLine options attrs);
  toGNUCommandLine =
    {
      mkOptionName ? name: if builtins.stringLength name == 1 then "-${name}" else "--${name}",
      mkBool ? name: on: lib.optional on (mkOptionName name),
      mkList ? name: values: lib.concatMap (mkOption name) values,
      optionValueSeparator ? null,
      mkOption ?
        name: value:
        if value == null then
          [ ]
        else if optionValueSeparator == null then
          [
            (mkOptionName name)
            (lib.generators.mkValueStringDefault { } value)
          ]
        else
          [ "${mkOptionName name}${optionValueSeparator}${lib.generators.mkValueStringDefault { } value}" ],
    }:
    attrs:
    lib.concatLists (
      lib.mapAttrsToList (
        name: value:
        (
          if builtins.isBool value then
            mkBool
          else if builtins.isList value then
            mkList
          else
            mkOption
        )
          name
          value
      ) attrs
    );
  toCommandLineGNU = options: toGNUCommandLine ({ optionValueSeparator = "="; } // options);
  toCommandLineShellGNU = options: attrs: lib.escapeShellArgs (toCommandLineGNU options attrs);
}
