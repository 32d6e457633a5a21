// What builtins give, by example: an expression and its value as `nix eval` prints it. Hovers show them below the words of the
// row, and test/eval/builtins.test.ts holds each to what Canopy says, and to what Nix says where one is installed.

export interface BuiltinExample {
  readonly expression: string
  readonly value: string
}

const examples: Readonly<Record<string, readonly (readonly [expression: string, value: string])[]>> = {
  add: [["builtins.add 1 2.5", "3.5"]],
  all: [["builtins.all (x: x > 0) [ 1 2 3 ]", "true"]],
  any: [["builtins.any (x: x > 2) [ 1 2 3 ]", "true"]],
  attrNames: [["builtins.attrNames { y = 1; x = 2; }", '[ "x" "y" ]']],
  attrValues: [["builtins.attrValues { y = 1; x = 2; }", "[ 2 1 ]"]],
  baseNameOf: [['baseNameOf "/etc/nixos/flake.nix"', '"flake.nix"']],
  bitAnd: [["builtins.bitAnd 12 10", "8"]],
  bitOr: [["builtins.bitOr 12 10", "14"]],
  bitXor: [["builtins.bitXor 12 10", "6"]],
  catAttrs: [['builtins.catAttrs "port" [ { port = 22; } { host = "a"; } { port = 80; } ]', "[ 22 80 ]"]],
  ceil: [["builtins.ceil 1.2", "2"]],
  compareVersions: [
    ['builtins.compareVersions "1.10" "1.9"', "1"],
    ['builtins.compareVersions "2.0pre1" "2.0"', "-1"],
  ],
  concatLists: [["builtins.concatLists [ [ 1 ] [ ] [ 2 3 ] ]", "[ 1 2 3 ]"]],
  concatMap: [["builtins.concatMap (x: [ x (x * 10) ]) [ 1 2 ]", "[ 1 10 2 20 ]"]],
  concatStringsSep: [['builtins.concatStringsSep ":" [ "/bin" "/usr/bin" ]', '"/bin:/usr/bin"']],
  convertHash: [
    [
      'builtins.convertHash { hash = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="; toHashFormat = "nix32"; }',
      '"0mdqa9w1p6cmli6976v4wi0sw9r4p5prkj7lzfd1877wk11c9c73"',
    ],
  ],
  deepSeq: [['(builtins.tryEval (builtins.deepSeq { a = throw "seen"; } 1)).success', "false"]],
  derivation: [
    [
      '(derivation { name = "x"; system = "x86_64-linux"; builder = "/bin/sh"; }).outPath',
      '"/nix/store/s668cfx1vrqfjryf96jj8wfhg7f67dhj-x"',
    ],
  ],
  dirOf: [['dirOf "/etc/nixos/flake.nix"', '"/etc/nixos"']],
  div: [
    ["builtins.div 7 2", "3"],
    ["builtins.div 7 2.0", "3.5"],
  ],
  elem: [["builtins.elem 2 [ 1 2 3 ]", "true"]],
  elemAt: [['builtins.elemAt [ "a" "b" "c" ] 1', '"b"']],
  filter: [["builtins.filter (x: x > 1) [ 1 2 3 ]", "[ 2 3 ]"]],
  flakeRefToString: [
    [
      'builtins.flakeRefToString { type = "github"; owner = "NixOS"; repo = "nixpkgs"; ref = "nixos-unstable"; }',
      '"github:NixOS/nixpkgs/nixos-unstable"',
    ],
  ],
  floor: [["builtins.floor 1.8", "1"]],
  "foldl'": [["builtins.foldl' (sum: x: sum + x) 0 [ 1 2 3 ]", "6"]],
  fromJSON: [["builtins.fromJSON ''{ \"a\": [ 1, null ] }''", "{ a = [ 1 null ]; }"]],
  fromTOML: [["builtins.fromTOML \"[package]\\nname = 'x'\"", '{ package = { name = "x"; }; }']],
  functionArgs: [["builtins.functionArgs ({ a, b ? 1, ... }: a)", "{ a = false; b = true; }"]],
  genList: [["builtins.genList (i: i * i) 4", "[ 0 1 4 9 ]"]],
  genericClosure: [
    [
      "map (x: x.key) (builtins.genericClosure { startSet = [ { key = 8; } ]; operator = x: if x.key == 1 then [ ] else [ { key = x.key / 2; } ]; })",
      "[ 8 4 2 1 ]",
    ],
  ],
  getAttr: [['builtins.getAttr "a" { a = 1; }', "1"]],
  getContext: [
    [
      'builtins.attrValues (builtins.getContext "${derivation { name = "x"; system = "x86_64-linux"; builder = "/bin/sh"; }}/bin")',
      '[ { outputs = [ "out" ]; } ]',
    ],
  ],
  groupBy: [
    ['builtins.groupBy (builtins.substring 0 1) [ "ab" "ac" "b" ]', '{ a = [ "ab" "ac" ]; b = [ "b" ]; }'],
  ],
  hasAttr: [['builtins.hasAttr "a" { a = null; }', "true"]],
  hasContext: [['builtins.hasContext "plain text"', "false"]],
  hashString: [
    ['builtins.hashString "sha256" ""', '"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"'],
  ],
  head: [["builtins.head [ 1 2 3 ]", "1"]],
  intersectAttrs: [["builtins.intersectAttrs { a = 1; b = 2; } { b = 3; c = 4; }", "{ b = 3; }"]],
  isAttrs: [["builtins.isAttrs { }", "true"]],
  isBool: [["builtins.isBool false", "true"]],
  isFloat: [["builtins.isFloat 1.0", "true"]],
  isFunction: [["builtins.isFunction { __functor = self: x: x; }", "false"]],
  isInt: [["builtins.isInt 1.0", "false"]],
  isList: [["builtins.isList [ ]", "true"]],
  isNull: [["builtins.isNull null", "true"]],
  isPath: [['builtins.isPath "/a/b"', "false"]],
  isString: [['builtins.isString "/a/b"', "true"]],
  length: [["builtins.length [ 1 2 3 ]", "3"]],
  lessThan: [["builtins.lessThan 1 2", "true"]],
  listToAttrs: [
    ['builtins.listToAttrs [ { name = "a"; value = 1; } { name = "a"; value = 2; } ]', "{ a = 1; }"],
  ],
  map: [["map (x: x + 1) [ 1 2 3 ]", "[ 2 3 4 ]"]],
  mapAttrs: [
    [
      'builtins.mapAttrs (name: value: "${name}=${toString value}") { a = 1; b = 2; }',
      '{ a = "a=1"; b = "b=2"; }',
    ],
  ],
  match: [
    ['builtins.match "([a-z]+)-([0-9.]+)" "nix-2.34"', '[ "nix" "2.34" ]'],
    ['builtins.match "[a-z]+" "nix-2.34"', "null"],
  ],
  mul: [["builtins.mul 3 4", "12"]],
  parseDrvName: [
    ['builtins.parseDrvName "hello-world-2.12.1"', '{ name = "hello-world"; version = "2.12.1"; }'],
  ],
  parseFlakeRef: [
    [
      'builtins.parseFlakeRef "github:NixOS/nixpkgs/nixos-unstable?dir=lib"',
      '{ dir = "lib"; owner = "NixOS"; ref = "nixos-unstable"; repo = "nixpkgs"; type = "github"; }',
    ],
  ],
  partition: [["builtins.partition (x: x > 2) [ 1 2 3 4 ]", "{ right = [ 3 4 ]; wrong = [ 1 2 ]; }"]],
  placeholder: [['builtins.placeholder "out"', '"/1rz4g4znpzjwh1xymhjpm42vipw92pr73vdgl6xs1hycac8kf2n9"']],
  removeAttrs: [['removeAttrs { a = 1; b = 2; } [ "b" "c" ]', "{ a = 1; }"]],
  replaceStrings: [['builtins.replaceStrings [ "a" "bc" ] [ "1" "2" ] "abcabc"', '"1212"']],
  seq: [['(builtins.tryEval (builtins.seq { a = throw "not seen"; } 1)).success', "true"]],
  sort: [["builtins.sort builtins.lessThan [ 3 1 2 ]", "[ 1 2 3 ]"]],
  split: [['builtins.split "([,;])" "a,b;c"', '[ "a" [ "," ] "b" [ ";" ] "c" ]']],
  splitVersion: [['builtins.splitVersion "1.2pre3"', '[ "1" "2" "pre" "3" ]']],
  stringLength: [['builtins.stringLength "fünf"', "5"]],
  sub: [["builtins.sub 3 5", "-2"]],
  substring: [['builtins.substring 2 3 "abcdefg"', '"cde"']],
  tail: [["builtins.tail [ 1 2 3 ]", "[ 2 3 ]"]],
  throw: [['builtins.tryEval (throw "caught")', "{ success = false; value = false; }"]],
  toFile: [
    ['builtins.toFile "greeting" "hello\\n"', '"/nix/store/ybf7by4xvcgjhwilsg87rqz9di79bify-greeting"'],
  ],
  toJSON: [['builtins.toJSON { a = [ 1 2.5 null ]; b = "x"; }', '"{\\"a\\":[1,2.5,null],\\"b\\":\\"x\\"}"']],
  toString: [['toString [ 1 true "x" null 1.5 ]', '"1 1 x  1.500000"']],
  tryEval: [["builtins.tryEval (assert false; 1)", "{ success = false; value = false; }"]],
  typeOf: [
    [
      'map builtins.typeOf [ 1 1.5 "x" ./. null { } (x: x) ]',
      '[ "int" "float" "string" "path" "null" "set" "lambda" ]',
    ],
  ],
  zipAttrsWith: [
    [
      "builtins.zipAttrsWith (name: values: values) [ { a = 1; } { a = 2; b = 3; } ]",
      "{ a = [ 1 2 ]; b = [ 3 ]; }",
    ],
  ],
}

/** Examples of a builtin, by its name in `builtins`; none for one whose value depends on where it is asked. */
export function examplesOf(name: string): readonly BuiltinExample[] {
  const found = Object.hasOwn(examples, name) ? examples[name] : []
  return found.map(([expression, value]) => ({ expression, value }))
}
