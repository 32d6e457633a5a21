[ ([ 1 (throw "never") ] == [ 2 (throw "never") ]) ({ a = 1; b = throw "never"; } == { a = 2; b = throw "never"; }) ({ a = throw "never"; } == { }) ]
