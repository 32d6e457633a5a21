// The whole Nix language (2.34) for tree-sitter: what Nix's parser accepts, plus the few things lowering reports better
// than an ERROR node would (chained comparisons, trailing slashes of paths, dynamic names after `inherit`).
//
// Identifiers, URIs, paths and the insides of strings come from src/scanner.c, because Nix picks the longest match
// among them (`a/b` is a path, `a:b` a URI, `a.b` a selection) and because words such as `in` must never become names.
// Node names and fields follow server/src/syntax/ast.ts, so that lowering reads as a table.

const PREC = {
  implication: 1,
  or: 2,
  and: 3,
  equality: 4,
  comparison: 5,
  update: 6,
  not: 7,
  sum: 8,
  product: 9,
  concatenation: 10,
  hasAttr: 11,
  negation: 12,
}

// Nix makes equality and comparison non-associative; tree-sitter has to choose, and lowering complains.
const BINARY = [
  [prec.right, PREC.implication, ["->"]],
  [prec.left, PREC.or, ["||"]],
  [prec.left, PREC.and, ["&&"]],
  [prec.left, PREC.equality, ["==", "!="]],
  [prec.left, PREC.comparison, ["<", "<=", ">", ">="]],
  [prec.right, PREC.update, ["//"]],
  [prec.left, PREC.sum, ["+", "-"]],
  [prec.left, PREC.product, ["*", "/"]],
  [prec.right, PREC.concatenation, ["++"]],
]

const pathCharacters = /[a-zA-Z0-9._+-]+/

module.exports = grammar({
  name: "nix",

  extras: $ => [/[ \t\r\n]/, $.comment],

  externals: $ => [
    $.identifier,
    $.uri,
    $._path_start,
    $.path_fragment,
    $.string_fragment,
    $.escape_sequence,
    $._indented_fragment,
    $._indented_escape,
    // Allowed everywhere, so the scanner is asked everywhere and a keyword never matches the head of a longer name.
    $.comment,
    // Never used by a rule: valid only while tree-sitter recovers from an error, which is how the scanner knows.
    $._error_sentinel,
  ],

  supertypes: $ => [$.expression, $.attribute],

  rules: {
    source_file: $ => optional(field("expression", $.expression)),

    expression: $ =>
      choice(
        $.lambda,
        $.assert,
        $.with,
        $.let,
        $.if,
        alias($._pipe_from, $.binary),
        alias($._pipe_into, $.binary),
        $._operand,
      ),

    lambda: $ =>
      seq(
        choice(
          field("parameter", $.identifier),
          field("formals", $.formals),
          seq(field("formals", $.formals), "@", field("parameter", $.identifier)),
          seq(field("parameter", $.identifier), "@", field("formals", $.formals)),
        ),
        ":",
        field("body", $.expression),
      ),

    formals: $ =>
      seq(
        "{",
        optional(choice($.ellipsis, seq(sepBy1(",", $.formal), optional(seq(",", optional($.ellipsis)))))),
        "}",
      ),

    formal: $ => seq(field("name", $.identifier), optional(seq("?", field("fallback", $.expression)))),

    ellipsis: _ => "...",

    assert: $ => seq("assert", field("condition", $.expression), ";", field("body", $.expression)),

    with: $ => seq("with", field("scope", $.expression), ";", field("body", $.expression)),

    let: $ => seq("let", repeat($._binding), "in", field("body", $.expression)),

    if: $ =>
      seq(
        "if",
        field("condition", $.expression),
        "then",
        field("consequent", $.expression),
        "else",
        field("alternative", $.expression),
      ),

    _pipe_from: $ =>
      seq(
        field("left", $._operand),
        field("operator", "<|"),
        field("right", choice(alias($._pipe_from, $.binary), $._operand)),
      ),

    _pipe_into: $ =>
      seq(
        field("left", choice(alias($._pipe_into, $.binary), $._operand)),
        field("operator", "|>"),
        field("right", $._operand),
      ),

    _operand: $ => choice($.unary, $.binary, $.has_attr, $._application),

    unary: $ =>
      choice(
        prec(PREC.not, seq(field("operator", "!"), field("operand", $._operand))),
        prec(PREC.negation, seq(field("operator", "-"), field("operand", $._operand))),
      ),

    binary: $ =>
      choice(
        ...BINARY.flatMap(([associativity, precedence, operators]) =>
          operators.map(operator =>
            associativity(
              precedence,
              seq(field("left", $._operand), field("operator", operator), field("right", $._operand)),
            ),
          ),
        ),
      ),

    has_attr: $ => prec.left(PREC.hasAttr, seq(field("subject", $._operand), "?", field("path", $.attrpath))),

    _application: $ => choice($.apply, $._selection),

    apply: $ => seq(field("function", $._application), field("argument", $._selection)),

    _selection: $ => choice($.select, alias($._apply_or, $.apply), $._simple),

    select: $ =>
      seq(
        field("subject", $._simple),
        ".",
        field("path", $.attrpath),
        optional(seq("or", field("fallback", $._selection))),
      ),

    // `or` is a keyword, but an old library has a function of that name: `f or` passes a variable called "or".
    _apply_or: $ => seq(field("function", $._simple), field("argument", alias($._or_variable, $.variable))),
    _or_variable: $ => alias("or", $.identifier),

    _simple: $ =>
      choice(
        $.variable,
        $.integer,
        $.float,
        $.string,
        $.indented_string,
        $.path,
        $.search_path,
        $.uri,
        $.paren,
        $.legacy_let,
        $.attrset,
        $.list,
      ),

    variable: $ => $.identifier,

    integer: _ => /[0-9]+/,

    float: _ => /([1-9][0-9]*\.[0-9]*|0?\.[0-9]+)([Ee][+-]?[0-9]+)?/,

    string: $ => seq('"', repeat(choice($.string_fragment, $.escape_sequence, $.interpolation)), '"'),

    indented_string: $ =>
      seq(
        "''",
        repeat(
          choice(
            alias($._indented_fragment, $.string_fragment),
            alias($._indented_escape, $.escape_sequence),
            $.interpolation,
          ),
        ),
        "''",
      ),

    interpolation: $ => seq("${", field("expression", $.expression), "}"),

    path: $ =>
      seq(
        alias($._path_start, $.path_fragment),
        repeat(choice($.path_fragment, alias($._path_interpolation, $.interpolation))),
      ),

    _path_interpolation: $ => seq(alias(token.immediate("${"), "${"), field("expression", $.expression), "}"),

    search_path: _ => token(seq("<", pathCharacters, repeat(seq("/", pathCharacters)), ">")),

    paren: $ => seq("(", field("inner", $.expression), ")"),

    legacy_let: $ => seq("let", "{", repeat($._binding), "}"),

    attrset: $ => seq(optional("rec"), "{", repeat($._binding), "}"),

    list: $ => seq("[", repeat(field("element", $._selection)), "]"),

    _binding: $ => choice($.binding, $.inherit),

    binding: $ => seq(field("path", $.attrpath), "=", field("value", $.expression), ";"),

    inherit: $ =>
      seq(
        "inherit",
        optional(seq("(", field("from", $.expression), ")")),
        repeat(field("name", $.attribute)),
        ";",
      ),

    attrpath: $ => sepBy1(".", field("name", $.attribute)),

    attribute: $ => choice($.identifier, alias("or", $.identifier), $.string, $.interpolation),
  },
})

function sepBy1(separator, rule) {
  return seq(rule, repeat(seq(separator, rule)))
}
