# Holds facts.json against real Nix: evaluates to the facts that Nix does not confirm, so to [ ] when all is well.
#
#   nix eval --impure --json --expr 'import ./test/example/facts.nix { }'
#
# Compared are values, whether an option is defined, its priority, and the files of the definitions that won. Nix shows no
# losers; those were read from the sources. The flake is the checkout that this file is in, as git sees it.
{
  flake ? builtins.getFlake "git+file://${toString ../..}?dir=examples/fleet",
}:
let
  inherit (builtins)
    all
    attrNames
    concatMap
    elem
    filter
    fromJSON
    head
    isAttrs
    match
    readFile
    split
    stringLength
    substring
    tail
    toJSON
    unsafeDiscardStringContext
    ;

  facts = fromJSON (readFile ./facts.json);

  configurations = {
    nixos = flake.nixosConfigurations;
    darwin = flake.darwinConfigurations;
    homeManager = flake.homeConfigurations;
  };

  # `a."b.c".d` as names.
  namesOf =
    path:
    let
      quoted = match ''"([^"]*)"(\.(.*))?'' path;
      plain = match ''([^."]+)(\.(.*))?'' path;
      parts = if quoted != null then quoted else plain;
      rest = builtins.elemAt parts 2;
    in
    [ (head parts) ] ++ (if rest == null then [ ] else namesOf rest);

  isOption = tree: isAttrs tree && tree._type or "" == "option";

  # Through the option tree, and through submodules by the configurations that their options show.
  optionAt =
    tree: names:
    if names == [ ] then
      tree
    else if !isOption tree then
      optionAt tree.${head names} (tail names)
    else if tree.valueMeta ? configuration then
      optionAt tree.valueMeta.configuration.options names
    else
      optionAt tree.valueMeta.attrs.${head names}.configuration.options (tail names);

  # `/nix/store/…-source/examples/fleet/modules/a.nix, via option …` as facts name it.
  relative =
    file:
    let
      plain = head (split ", via option " (unsafeDiscardStringContext (toString file)));
      own = unsafeDiscardStringContext flake.outPath + "/";
      beside = match ".*/examples/(inputs/.*)" plain;
    in
    if substring 0 (stringLength own) plain == own then
      substring (stringLength own) (-1) plain
    else if beside != null then
      "../${head beside}"
    else
      plain;

  # Only what a fact claims counts: a package, say, has no value in JSON.
  same = fact: value: if fact ? value then toJSON fact.value == unsafeDiscardStringContext (toJSON value) else true;

  winnersAgree =
    fact: option:
    let
      files = map relative option.files;
      claimed = map (definition: definition.file) (filter (definition: definition.wins) fact.definitions);
      beaten = filter (definition: !definition.wins) fact.definitions;
    in
    all (file: elem file files) claimed
    # An option's default counts as written where the option is declared, which may be in a file of losers.
    && (option.highestPrio >= 1500 || all (definition: !(elem definition.file files) || elem definition.file claimed) beaten);

  wrong =
    path: fact:
    let
      option = optionAt configurations.${fact.class}.${fact.host}.options (namesOf path);
      holds = {
        value = same fact option.value;
        isDefined = fact.isDefined == option.isDefined;
        highestPrio = fact.highestPrio == option.highestPrio;
        winners = winnersAgree fact option;
      };
    in
    map (field: {
      inherit path field;
      inherit (fact) host;
    }) (filter (field: !holds.${field}) (attrNames holds));
in
concatMap ({ path, hosts }: concatMap (wrong path) hosts) facts.options
