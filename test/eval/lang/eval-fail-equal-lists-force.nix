let l = [ (throw "element") ]; in l == l
