builtins.hashFile "md5" ./folder.inc
