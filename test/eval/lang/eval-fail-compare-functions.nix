throw > builtins.head
