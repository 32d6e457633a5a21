; Scopes, definitions and references by name. `with` and sets without `rec` open no lexical scope.

[
  (lambda)
  (let)
  (legacy_let)
] @local.scope
((attrset "rec") @local.scope)

(lambda parameter: (identifier) @local.definition.parameter)
(formal name: (identifier) @local.definition.parameter)

(let (binding path: (attrpath . (identifier) @local.definition.var)))
(let (inherit name: (identifier) @local.definition.var))
(legacy_let (binding path: (attrpath . (identifier) @local.definition.var)))
(legacy_let (inherit name: (identifier) @local.definition.var))
(attrset "rec" (binding path: (attrpath . (identifier) @local.definition.field)))
(attrset "rec" (inherit name: (identifier) @local.definition.field))

(variable (identifier) @local.reference)
