# Old names. A renamed package keeps working, a removed one says what to use instead; `allowAliases = false` hides both.
final: prev:
let
  inherit (prev) lib;
  removed = name: instead: throw "'${name}' has been removed. ${instead}";
in
lib.optionalAttrs prev.config.allowAliases {
  exa = removed "exa" "It is unmaintained; use 'eza' instead.";
  du-dust = removed "du-dust" "It was renamed to 'dust'.";
  nodejs_24 = final.nodejs;
  nixFlakes = final.nix;
  postgresql_12 = removed "postgresql_12" "It reached its end of life; use a later version.";
}
