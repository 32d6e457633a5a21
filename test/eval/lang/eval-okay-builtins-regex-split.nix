with builtins;
[ (split "," "a,b,,c") (split "(,)" "a,b") (split "x" "abc") (split "" "ab") (split "([a-z])([0-9])?" "a1 b") (split "[[:space:]]+" " a  b ") (filter isString (split "\n" "x\ny\n")) ]
