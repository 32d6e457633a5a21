#!/bin/sh
# Answers like `nix-instantiate --eval`, through `canopy eval`, for the tests that nixpkgs has as shell scripts: they know only
# that name. CANOPY_CLI is cli.js. Options that are about building are ignored. Its JSON is that of `builtins.toJSON`, which
# copies paths to the store, while `nix eval --json`, and therefore `canopy eval --json`, does not; and it does not tell
# one function from another.
#
# Scripts that look into the store need somebody who fills it, which Canopy never does. Where CANOPY_NIX names a real
# `nix-instantiate`, what is asked in read-write mode is therefore asked of it too, and it must print the same.

set -u
count=$#
attribute=
arguments=
file=
readwrite=false
json=false
original=$(mktemp)
trap 'rm -f "$original"' EXIT
for argument in "$@"; do printf '%s\0' "$argument" >>"$original"; done

# Turns the list of arguments round once, each into its counterpart.
while [ "$count" -gt 0 ]; do
  flag=$1
  shift
  count=$((count - 1))
  case $flag in
    --eval | --eval-only | --readonly-mode) ;;
    --read-write-mode) readwrite=true ;;
    --timeout)
      shift
      count=$((count - 1))
      ;;
    --option)
      if [ "$1" = abort-on-warn ] && [ "$2" = true ]; then export NIX_ABORT_ON_WARN=1; fi
      shift 2
      count=$((count - 2))
      ;;
    -E | --expr)
      set -- "$@" --expr "$1"
      shift
      count=$((count - 1))
      ;;
    -A | --attr)
      attribute=$1
      shift
      count=$((count - 1))
      ;;
    --argstr)
      arguments="$arguments $1 = \"$2\";"
      shift 2
      count=$((count - 2))
      ;;
    --json)
      json=true
      set -- "$@" --apply builtins.toJSON --raw
      ;;
    --strict | --show-trace) set -- "$@" "$flag" ;;
    -*)
      echo "error: unrecognised flag '$flag'" >&2
      exit 1
      ;;
    *) file=$flag ;;
  esac
done
if [ -n "$arguments" ]; then set -- "$@" --expr "import $file {$arguments }"; elif [ -n "$file" ]; then set -- "$@" --file "$file"; fi
[ -z "$attribute" ] || set -- "$@" --attr "$attribute"

ours=$(node "$CANOPY_CLI" eval --impure "$@")
status=$?
"$json" || ours=$(printf '%s' "$ours" | sed 's/«lambda [^@]*@ \(«[^»]*»\)\{0,1\}[^»]*»/<LAMBDA>/g; s/«primop[^»]*»/<PRIMOP>/g')
if [ "$status" -eq 0 ] && "$readwrite" && [ -n "${CANOPY_NIX-}" ]; then
  theirs=$(xargs -0 "$CANOPY_NIX" <"$original" 2>/dev/null)
  if [ "$ours" != "$theirs" ]; then
    echo "error: Canopy says $ours, and Nix $theirs" >&2
    exit 1
  fi
fi
[ -z "$ours" ] || printf '%s\n' "$ours"
exit "$status"
