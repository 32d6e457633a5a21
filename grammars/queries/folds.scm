; What can be folded: everything that brackets or quotes delimit, and `let` up to its `in`.

[
  (attrset)
  (legacy_let)
  (let)
  (list)
  (paren)
  (formals)
  (indented_string)
  (comment)
] @fold
