[ (__add 1 2) (__sub 5 3) (__mul 2 3) (__div 7 2) (__lessThan 1 2) (builtins.add 1 1.5) ]
