[ (with throw "never"; 1) (let x = 1; in with abort "never"; x) ]
