# Integers divide towards zero; a float on either side makes a float.
[ (1 + 2) (7 - 10) (3 * 4) (7 / 2) (-7 / 2) (7 / -2) (7.0 / 2) (1 + 0.5) (0.5 - 1) (2 * 1.5) ]
