# Comparing stops at the first difference.
[ ([ 1 (throw "never") ] < [ 2 ]) ([ 2 (throw "never") ] > [ 1 (throw "never") ]) ]
