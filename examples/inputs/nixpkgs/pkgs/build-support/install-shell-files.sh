# Gives derivations `installShellCompletion`, which puts completion files where shells look for them.
installShellCompletion() {
  mkdir -p "$out/share/completions"
  cp "$@" "$out/share/completions"
}
