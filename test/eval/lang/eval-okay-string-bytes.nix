[ (builtins.stringLength "é") (builtins.substring 0 1 "añ") (builtins.stringLength "日本") "日本" (builtins.stringLength "") ]
