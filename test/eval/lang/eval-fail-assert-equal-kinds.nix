assert [ "x" null ] == [ "x" { } ]; 1
