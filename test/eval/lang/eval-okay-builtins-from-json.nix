with builtins;
[
  (fromJSON ''{"a": [1, 2.5, -3, null, true, "x"], "b": {}, "": 1}'')
  (fromJSON ''"\u00e9\n\ud83d\ude00"'') (fromJSON " 1e2 ") (fromJSON "9223372036854775807") (fromJSON ''{"a": 1, "a": 2}'') (fromJSON "[]")
]
