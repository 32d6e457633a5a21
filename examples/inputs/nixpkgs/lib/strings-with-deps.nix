# Snippets of text that name the snippets they come after: how activation scripts from many modules become one script.
{ lib }:
rec {
  # The texts of `names` and of everything they depend on, each once, dependencies first.
  textClosureList =
    all: names:
    let
      step =
        state: name:
        if builtins.isString name && state.seen ? ${name} then
          state
        else if builtins.isAttrs name then
          state // { texts = state.texts ++ [ name.text ]; }
        else
          let
            entry = all.${name} or (throw "textClosureList: there is no snippet `${name}'");
            below = lib.foldl' step (state // { seen = state.seen // { ${name} = true; }; }) entry.deps;
          in
          below // { texts = below.texts ++ [ entry.text ]; };
    in
    (lib.foldl' step {
      seen = { };
      texts = [ ];
    } names).texts;
  textClosureMap =
    f: all: names:
    lib.concatStringsSep "\n" (map f (textClosureList all names));
  fullDepEntry = text: deps: { inherit deps text; };
  stringAfter = deps: text: fullDepEntry text deps;
  packEntry = fullDepEntry "";
  noDepEntry = stringAfter [ ];
}
