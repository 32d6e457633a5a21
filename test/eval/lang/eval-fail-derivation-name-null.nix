(derivation { name = null; }).drvPath
