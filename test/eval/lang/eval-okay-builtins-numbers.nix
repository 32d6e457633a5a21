with builtins;
[ (bitAnd 12 10) (bitOr 12 10) (bitXor 12 10) (bitAnd (-1) 255) (floor 1.7) (floor (-1.2)) (ceil 1.2) (ceil (-1.7)) (floor 5) (bitXor (-1) 0) ]
