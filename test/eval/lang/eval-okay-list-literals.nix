[ 1 "two" ./three [ 4 ] { five = 5; } (x: x) null (1 + 1) (-1) ]
