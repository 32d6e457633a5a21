; Colours. Later patterns win, as in tree-sitter 0.22 and the editors that follow it: the general first.

(comment) @comment
(identifier) @variable
(variable (identifier) @variable)

(integer) @number
(float) @number.float
(string) @string
(indented_string) @string
(string_fragment) @string
(escape_sequence) @string.escape
(path) @string.special.path
(path_fragment) @string.special.path
(search_path) @string.special.path
(uri) @string.special.url
(interpolation ["${" "}"] @punctuation.special)

(attrpath name: (identifier) @property)
(attrpath name: (string) @property)
(inherit name: (identifier) @property)

(formal name: (identifier) @variable.parameter)
(lambda parameter: (identifier) @variable.parameter)
(ellipsis) @punctuation.special

; A binding of a function is a function.
(binding path: (attrpath name: (identifier) @function .) value: (lambda))

(apply function: (variable (identifier) @function.call))
(apply function: (select path: (attrpath name: (identifier) @function.call .)))

((variable (identifier) @constant.builtin)
  (#any-of? @constant.builtin "true" "false" "null" "__curPos" "__currentSystem" "__currentTime"
    "__langVersion" "__nixPath" "__nixVersion" "__storeDir"))

((variable (identifier) @module.builtin)
  (#eq? @module.builtin "builtins"))

((variable (identifier) @function.builtin)
  (#any-of? @function.builtin "abort" "baseNameOf" "break" "derivation" "derivationStrict" "dirOf" "fetchGit"
    "fetchMercurial" "fetchTarball" "fetchTree" "fromTOML" "import" "isNull" "map" "placeholder" "removeAttrs"
    "scopedImport" "throw" "toString"))

((select
  subject: (variable (identifier) @module.builtin)
  path: (attrpath . (identifier) @function.builtin))
  (#eq? @module.builtin "builtins"))

["if" "then" "else"] @keyword.conditional
["let" "in" "rec" "with" "inherit" "assert"] @keyword
(select "or" @keyword.operator)

(unary operator: _ @operator)
(binary operator: _ @operator)
["?" "=" "@"] @operator

["(" ")" "[" "]" "{" "}"] @punctuation.bracket
["." "," ";" ":"] @punctuation.delimiter
