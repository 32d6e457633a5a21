// Calls of builtins on numbers, strings and texts in other languages.

import { jsonText, patterns, subjects, tomlText } from "./foreign-texts.js"
import { smallInteger } from "./literals.js"
import { randomPattern, randomSubject } from "./patterns.js"
import { anyKind, builtin, listFrom, ofKind, oneOf, type Signature, stringOf } from "./signature.js"
import { coercible } from "./strings.js"
import { randomPackageName, randomVersion } from "./versions.js"

const versions = [
  "1.0",
  "1.0pre1",
  "2.3.4-rc1",
  "1.10",
  "1.2a",
  "",
  ".",
  "1..2",
  "a-1",
  "1.0-0",
  "2.34.8pre20260101_abc",
  "99999999999999999999.1",
  "01.1",
]
const version = stringOf(...versions)
const packageName = stringOf(
  "hello-2.12",
  "a-b-c",
  "x-1",
  "x-",
  "-1",
  "nix-2.3pre1-doc",
  "foo",
  "",
  "a--1",
  "a-b1-2b",
)
const algorithm = stringOf("md5", "sha1", "sha256", "sha512", "blake3", "sha3")
const pattern = stringOf(...patterns)
const subject = stringOf(...subjects)

const integerPair = [ofKind("int"), ofKind("int")]

export const dataBuiltins: readonly Signature[] = [
  builtin("add", ["number", "number"], "int"),
  builtin("sub", ["number", "number"], "int"),
  builtin("mul", ["number", "number"], "float"),
  builtin("div", ["number", "number"], "float"),
  builtin("bitAnd", integerPair, "int"),
  builtin("bitOr", integerPair, "int"),
  builtin("bitXor", integerPair, "int"),
  builtin("ceil", ["number"], "int"),
  builtin("floor", ["number"], "int"),
  builtin("lessThan", ["any", "any"], "bool", 0.5),
  builtin("lessThan", ["number", "number"], "bool"),
  builtin("stringLength", [coercible], "int"),
  builtin("substring", [smallInteger, smallInteger, coercible], "string", 2),
  builtin("substring", [ofKind("int"), ofKind("int"), ofKind("string")], "string", 0.5),
  builtin("concatStringsSep", ["string", listFrom(coercible)], "string", 2),
  builtin("replaceStrings", [listFrom(subject), listFrom(subject), subject], "string", 2),
  builtin(
    "replaceStrings",
    [oneOf('[ "a" "" ]', '[ "aa" "a" ]', '[ "" ]'), oneOf('[ "b" "x" ]', '[ "$" null ]'), subject],
    "string",
  ),
  builtin("match", [pattern, subject], "list", 2),
  builtin("split", [pattern, subject], "list", 2),
  builtin("match", [randomPattern, randomSubject], "list", 2),
  builtin("split", [randomPattern, randomSubject], "list", 2),
  builtin("toString", [anyKind], "string", 2),
  builtin("baseNameOf", [coercible], "string"),
  builtin("baseNameOf", [subject], "string"),
  builtin("dirOf", [coercible], "string"),
  builtin("toPath", [coercible], "string", 0.3),
  builtin("compareVersions", [version, version], "int"),
  builtin("compareVersions", [randomVersion, randomVersion], "int", 2),
  builtin("splitVersion", [version], "list"),
  builtin("splitVersion", [randomVersion], "list"),
  builtin("parseDrvName", [packageName], "attrs"),
  builtin("parseDrvName", [randomPackageName], "attrs"),
  builtin("hashString", [algorithm, coercible], "string"),
  builtin("fromJSON", [jsonText], "any", 3),
  builtin("fromJSON", [jsonText], "attrs"),
  builtin("fromTOML", [tomlText], "attrs", 2),
  builtin("toJSON", [anyKind], "string", 3),
  builtin("toXML", [anyKind], "string", 1.5),
  builtin(
    "parseFlakeRef",
    [
      stringOf(
        "nixpkgs",
        "github:a/b",
        "path:/a/b?rev=c",
        "git+https://a.b/c?ref=d",
        "./x",
        "x:y",
        "github:a/b/c?dir=d",
      ),
    ],
    "attrs",
    0.5,
  ),
  builtin(
    "flakeRefToString",
    [
      oneOf(
        '{ type = "github"; owner = "a"; repo = "b"; }',
        '{ type = "indirect"; id = "x"; }',
        '{ type = "path"; path = "/a b"; }',
        '{ type = "x"; b = true; a = 1; }',
        "{ type = 1; }",
        '{ type = "github"; owner = 1; repo = "b"; }',
        '{ type = "github"; owner = "a"; repo = "b"; rev = "c"; ref = "d"; }',
        '{ type = "git"; url = "https://a.b/c"; ref = "x"; shallow = true; }',
        "{ }",
      ),
    ],
    "string",
    0.3,
  ),
]
