// The tokens of Nix that a regular expression cannot tell apart: names, URIs and paths, of which the longest match
// wins, comments, and the text inside strings, where `$`, `'` and `\` mean different things by what follows.
//
// The scanner keeps no state. Whether it stands inside a string follows from which tokens tree-sitter says are valid,
// except during error recovery, when all of them are and only names, URIs and paths are offered.

#include "tree_sitter/parser.h"

enum Token {
  IDENTIFIER,
  URI,
  PATH_START,
  PATH_FRAGMENT,
  STRING_FRAGMENT,
  ESCAPE_SEQUENCE,
  INDENTED_FRAGMENT,
  INDENTED_ESCAPE,
  COMMENT,
  ERROR_SENTINEL,
};

static bool is_letter(int32_t c) { return ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z'); }
static bool is_digit(int32_t c) { return '0' <= c && c <= '9'; }
static bool is_space(int32_t c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

static bool is_name_character(int32_t c) {
  return is_letter(c) || is_digit(c) || c == '_' || c == '-' || c == '\'';
}

static bool is_scheme_character(int32_t c) {
  return is_letter(c) || is_digit(c) || c == '+' || c == '-' || c == '.';
}

static bool is_path_character(int32_t c) { return is_scheme_character(c) || c == '_'; }

static bool is_uri_character(int32_t c) {
  if (is_letter(c) || is_digit(c)) return true;
  for (const char *other = "%/?:@&=+$,-_.!~*'"; *other; other++) {
    if (c == *other) return true;
  }
  return false;
}

static bool is_keyword(const char *word, unsigned length) {
  static const char *const keywords[] = {"if", "then", "else", "assert", "with", "let", "in", "rec", "inherit", "or"};
  for (unsigned i = 0; i < sizeof keywords / sizeof *keywords; i++) {
    const char *keyword = keywords[i];
    unsigned at = 0;
    while (at < length && keyword[at] && keyword[at] == word[at]) at++;
    if (at == length && !keyword[at]) return true;
  }
  return false;
}

static void advance(TSLexer *lexer) { lexer->advance(lexer, false); }

static bool finish(TSLexer *lexer, enum Token token) {
  lexer->result_symbol = token;
  return true;
}

// A comment to the end of the line, the lookahead being '#'.
static bool scan_line_comment(TSLexer *lexer) {
  while (!lexer->eof(lexer) && lexer->lookahead != '\n' && lexer->lookahead != '\r') advance(lexer);
  lexer->mark_end(lexer);
  return finish(lexer, COMMENT);
}

// A block comment, the lookahead being the '*' of its opening. One that is not closed is no token.
static bool scan_block_comment(TSLexer *lexer) {
  advance(lexer);
  while (!lexer->eof(lexer)) {
    if (lexer->lookahead != '*') {
      advance(lexer);
      continue;
    }
    while (lexer->lookahead == '*') advance(lexer);
    if (lexer->lookahead != '/') continue;
    advance(lexer);
    lexer->mark_end(lexer);
    return finish(lexer, COMMENT);
  }
  return false;
}

// From the first '/' on, everything that Nix's lexer joins to the path; the end is marked.
static bool scan_path_rest(TSLexer *lexer, enum Token token) {
  while (is_path_character(lexer->lookahead) || lexer->lookahead == '/') advance(lexer);
  lexer->mark_end(lexer);
  return finish(lexer, token);
}

// Behind the first '/': a path if a path character or `${` comes next.
static bool scan_path_behind_slash(TSLexer *lexer) {
  if (is_path_character(lexer->lookahead)) return scan_path_rest(lexer, PATH_START);
  if (lexer->lookahead != '$') return false;
  lexer->mark_end(lexer);
  advance(lexer);
  return lexer->lookahead == '{' && finish(lexer, PATH_START);
}

// At a '/' with no path character before it.
static bool scan_slash(TSLexer *lexer) {
  advance(lexer);
  return lexer->lookahead == '*' ? scan_block_comment(lexer) : scan_path_behind_slash(lexer);
}

// A name, URI or path, whichever is longest. A name is remembered by `mark_end` while longer matches are tried.
static bool scan_word(TSLexer *lexer) {
  bool name = is_letter(lexer->lookahead) || lexer->lookahead == '_';
  bool scheme = is_letter(lexer->lookahead);
  char word[8];
  unsigned length = 0, name_length = 0;

  while (is_path_character(lexer->lookahead)) {
    if (length < sizeof word) word[length] = (char)lexer->lookahead;
    length++;
    if (!is_scheme_character(lexer->lookahead)) scheme = false;
    bool in_name = name && name_length == length - 1 && is_name_character(lexer->lookahead);
    advance(lexer);
    if (in_name) {
      name_length = length;
      lexer->mark_end(lexer);
    }
  }

  if (lexer->lookahead == '\'' && name && name_length == length) {
    while (is_name_character(lexer->lookahead)) advance(lexer);
    lexer->mark_end(lexer);
    return finish(lexer, IDENTIFIER);
  }
  if (lexer->lookahead == ':' && scheme) {
    advance(lexer);
    if (is_uri_character(lexer->lookahead)) {
      while (is_uri_character(lexer->lookahead)) advance(lexer);
      lexer->mark_end(lexer);
      return finish(lexer, URI);
    }
  } else if (lexer->lookahead == '/') {
    // A failed attempt may have moved the mark, but only past `word/` before `$` without `{`, which is no token at all.
    advance(lexer);
    if (scan_path_behind_slash(lexer)) return true;
  }
  if (name_length == 0) return false;
  if (name_length <= sizeof word && is_keyword(word, name_length)) return false;
  return finish(lexer, IDENTIFIER);
}

// `~/a` and `~/${a}`.
static bool scan_home_path(TSLexer *lexer) {
  advance(lexer);
  if (lexer->lookahead != '/') return false;
  advance(lexer);
  return scan_path_behind_slash(lexer);
}

static bool scan_fragment(TSLexer *lexer) {
  bool found = false;
  for (;; found = true) {
    lexer->mark_end(lexer);
    if (lexer->eof(lexer) || lexer->lookahead == '"') break;
    if (lexer->lookahead == '\\') {
      if (found) break;
      advance(lexer);
      if (lexer->eof(lexer)) return false;
      advance(lexer);
      lexer->mark_end(lexer);
      return finish(lexer, ESCAPE_SEQUENCE);
    }
    if (lexer->lookahead == '$') {
      advance(lexer);
      if (lexer->lookahead == '{') break;
      // `$$` is two dollars, whatever follows.
      if (lexer->lookahead == '$') advance(lexer);
    } else {
      advance(lexer);
    }
  }
  return found && finish(lexer, STRING_FRAGMENT);
}

// At two quotes, of which the second is the lookahead: an escape, or the end of the string.
static bool scan_indented_escape(TSLexer *lexer) {
  advance(lexer);
  if (lexer->lookahead == '\\') {
    advance(lexer);
    if (lexer->eof(lexer)) return false;
  } else if (lexer->lookahead != '\'' && lexer->lookahead != '$') {
    return false;
  }
  advance(lexer);
  lexer->mark_end(lexer);
  return finish(lexer, INDENTED_ESCAPE);
}

static bool scan_indented_fragment(TSLexer *lexer) {
  bool found = false;
  for (;; found = true) {
    lexer->mark_end(lexer);
    if (lexer->eof(lexer)) break;
    if (lexer->lookahead == '\'') {
      advance(lexer);
      if (lexer->lookahead != '\'') continue;
      if (found) break;
      return scan_indented_escape(lexer);
    }
    if (lexer->lookahead == '$') {
      advance(lexer);
      if (lexer->lookahead == '{') break;
      if (lexer->lookahead == '$') advance(lexer);
    } else {
      advance(lexer);
    }
  }
  return found && finish(lexer, INDENTED_FRAGMENT);
}

void *tree_sitter_nix_external_scanner_create(void) { return 0; }
void tree_sitter_nix_external_scanner_destroy(void *payload) { (void)payload; }

unsigned tree_sitter_nix_external_scanner_serialize(void *payload, char *buffer) {
  (void)payload, (void)buffer;
  return 0;
}

void tree_sitter_nix_external_scanner_deserialize(void *payload, const char *buffer, unsigned length) {
  (void)payload, (void)buffer, (void)length;
}

bool tree_sitter_nix_external_scanner_scan(void *payload, TSLexer *lexer, const bool *valid) {
  (void)payload;
  if (!valid[ERROR_SENTINEL]) {
    if (valid[STRING_FRAGMENT]) return scan_fragment(lexer);
    if (valid[INDENTED_FRAGMENT]) return scan_indented_fragment(lexer);
    if (valid[PATH_FRAGMENT] && (is_path_character(lexer->lookahead) || lexer->lookahead == '/')) {
      return scan_path_rest(lexer, PATH_FRAGMENT);
    }
  }
  while (is_space(lexer->lookahead)) lexer->advance(lexer, true);
  switch (lexer->lookahead) {
    case '#': return scan_line_comment(lexer);
    case '/': return scan_slash(lexer);
    case '~': return scan_home_path(lexer);
    default: return is_path_character(lexer->lookahead) && scan_word(lexer);
  }
}
