# Gives derivations `wrapProgram`, which puts a script with an environment in front of a program.
wrapProgram() {
  mv "$1" "$1-wrapped"
  printf "#!/bin/sh\nexec %s-wrapped \"\$@\"\n" "$1" > "$1"
  chmod +x "$1"
}
