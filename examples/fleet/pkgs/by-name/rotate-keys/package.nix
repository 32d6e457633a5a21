# Makes the secrets of one machine anew and says which machines must be deployed after it.
{ nuenv }:
nuenv.writeScript {
  name = "rotate-keys";
  text = ''
    set -eu
    clan vars generate --regenerate "$1"
    clan machines list
  '';
}
