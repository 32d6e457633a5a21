[ (builtins.scopedImport { x = 5; } ./scoped.inc) (builtins.scopedImport { x = 6; map = _: _: "mine"; } ./scoped.inc) ]
