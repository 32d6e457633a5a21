; Other languages inside strings.

((comment) @injection.content
  (#set! injection.language "comment"))

; The author says which: /* bash */ '' .. ''
((comment) @injection.language
  .
  (indented_string (string_fragment) @injection.content)
  (#match? @injection.language "^/\\* *[a-z]+ *\\*/$")
  (#gsub! @injection.language "/%*%s*([%w]+)%s*%*/" "%1")
  (#set! injection.combined))

; Attributes that hold shell code: the phases of a build and their hooks, scripts of services.
((binding
  path: (attrpath (identifier) @_name .)
  value: (indented_string (string_fragment) @injection.content))
  (#match? @_name "(Phase|Hook|Script)$|^(pre|post)[A-Z]|^(script|buildCommand|shellInit|interactiveShellInit|loginShellInit)$")
  (#set! injection.language "bash")
  (#set! injection.combined))

; Functions whose last argument is a shell script.
((apply
  function: (apply function: (_) @_function)
  argument: (indented_string (string_fragment) @injection.content))
  (#match? @_function "(writeShellScript|writeShellScriptBin|runCommand|runCommandLocal|runCommandCC)")
  (#set! injection.language "bash")
  (#set! injection.combined))
