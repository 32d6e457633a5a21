builtins.getAttr "12" 1
