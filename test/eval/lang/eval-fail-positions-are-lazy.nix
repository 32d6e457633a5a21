builtins.length (removeAttrs (builtins.unsafeGetAttrPos "value" { value = 1; }) [ "file" ])
