builtins.addErrorContext "while doing it" (throw "inner")
