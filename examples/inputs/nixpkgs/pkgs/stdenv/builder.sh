# Unpacks, configures, builds and installs. Only its content matters here: it is an input of every derivation.
set -eu
for phase in unpackPhase patchPhase configurePhase buildPhase checkPhase installPhase fixupPhase; do
  script=$(eval "printf %s \"\${$phase-}\"")
  if [ -n "$script" ]; then eval "$script"; fi
done
mkdir -p "$out"
