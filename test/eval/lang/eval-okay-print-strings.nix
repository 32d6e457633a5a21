[ "quote \" back \\ newline \n tab \t return \r dollar $ brace \${" "é 日本" "\${" "$$ {" ]
