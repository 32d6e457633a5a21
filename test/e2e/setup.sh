#!/usr/bin/env bash
# Installs what the editor tests need: code-server with its two nested dependency trees, and the browser driver.
# npm runs no install script: code-server's own would install the nested trees with a package manager it downloads,
# and argon2 (a stub here) would want a compiler. A second run finds the stamp and does nothing.
set -euo pipefail
cd "$(dirname "$0")"

stamp=node_modules/.canopy-e2e
if [ -f "$stamp" ] && cmp -s package-lock.json "$stamp"; then
  exit 0
fi

again() { # command...: three tries, because registries hiccup
  local try
  for try in 1 2 3; do
    if "$@"; then return 0; fi
    echo "attempt $try failed: $*" >&2
    sleep $((try * 3))
  done
  return 1
}

again npm ci --ignore-scripts --no-audit --no-fund
vscode=node_modules/code-server/lib/vscode
again npm install --prefix "$vscode" --omit=dev --ignore-scripts --no-audit --no-fund
again npm install --prefix "$vscode/extensions" --omit=dev --ignore-scripts --no-audit --no-fund
# Terminals: npm brings the source of node-pty, and somebody else's npm package the library made of it.
pty=node_modules/@lydell/node-pty-linux-x64/pty.node
if [ -f "$pty" ]; then
  mkdir -p "$vscode/node_modules/node-pty/build/Release"
  cp "$pty" "$vscode/node_modules/node-pty/build/Release/"
fi
cp package-lock.json "$stamp"
