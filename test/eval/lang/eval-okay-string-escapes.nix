[ "a\nb\tc\r" "\"" "\\" "\${x}" "$" "$$" "$x" "a\qb" "$${x}" "\$" "tab	inside" ]
