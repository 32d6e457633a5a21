with builtins;
[ langVersion storeDir (isString nixVersion) (getEnv "CANOPY_SURELY_NOT_SET") (isList nixPath) (typeOf currentTime) ]
