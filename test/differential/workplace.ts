// The folder that expressions are evaluated in: each expression in a file of its own, beside `world/`, the files that
// expressions read. Both evaluators see the same paths, so nothing in their answers has to be made equal.

import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { temporaryFolder } from "../harness/temporary-folder.js"

const worldFiles: Readonly<Record<string, string | Uint8Array>> = {
  "text.txt": "hello\nworld\n",
  "data.json": '{ "a": [1, 2.5, "x", null], "b": { "c": true } }\n',
  "data.toml": 'a = 1\n[b]\nc = "x"\n',
  "lib.nix": "{ twice = f: x: f (f x); three = 3; inherit (builtins) length; }\n",
  "throws.nix": '{ a = 1; b = throw "from a file"; }\n',
  "function.nix": "{\n  a,\n  b ? a,\n  ...\n}:\n\n{\n  r = a + b;\n}\n",
  "wrong.nix": "{\n  a = 1;\n  b = [ 2 ;\n}\n",
  "unknown.nix": "let\n  a = 1;\nin\n{\n  b = a;\n  c = nowhere;\n}\n",
  "lines.nix":
    'let\n  # Fails, several calls deep.\n  f = x: g (x + 1);\n  g = y:\n    if y > 3 then throw "deep ${toString y}"\n    else f y;\nin\nrec {\n  a = f 1;\n  b.c = [\n    a\n    1\n  ];\n  x = "${b}";\n}\n',
  "loop.nix": "{ a = import ./loop.nix; b = (import ./loop.nix).b; }\n",
  "folder/default.nix": "{ inner = builtins.readFile ./inner.txt; __toString = self: self.inner; }\n",
  "folder/inner.txt": "inner",
  "folder/deeper/x": "",
  empty: "",
  bytes: Uint8Array.of(0xff, 0xfe, 0x0a, 0xc3, 0xa9),
  script: "#! /bin/sh\n",
}

export interface Workplace {
  readonly folder: string
  /** Where Nix keeps what it likes to: what it writes in the folder, an expression may copy with it. */
  readonly caches: string
  /** Writes an expression to a file of its own and returns the path. */
  write(source: string): string
  /** Removes what was written, since an expression may copy the folder that it is in. */
  clear(): void
}

export function createWorkplace(): Workplace {
  // Deep enough that a folder above it, which an expression may copy too, is not the one of everybody's temporary files.
  const folder = join(temporaryFolder("differential"), "some/where")
  mkdirSync(folder, { recursive: true })
  writeWorld(join(folder, "world"))
  let count = 0
  let written: string[] = []
  return {
    folder,
    caches: temporaryFolder("nix-caches"),
    write(source) {
      const path = join(folder, `${++count}.nix`)
      writeFileSync(path, source)
      written.push(path)
      return path
    },
    clear() {
      for (const path of written) rmSync(path)
      written = []
    },
  }
}

function writeWorld(world: string): void {
  mkdirSync(join(world, "folder/deeper"), { recursive: true })
  for (const [name, content] of Object.entries(worldFiles)) writeFileSync(join(world, name), content)
  chmodSync(join(world, "script"), 0o755)
  symlinkSync("text.txt", join(world, "link"))
  symlinkSync("nowhere", join(world, "dangling"))
  symlinkSync("folder", join(world, "linked"))
}
