// `npm run test:corpus`: the tests on code of others. A part runs if the environment names what it needs, and is reported as left out
// otherwise. Fails if nothing ran.
//
//   CANOPY_NIXPKGS=DIR    both parsers over every file of a nixpkgs, and the evaluator on its packages and hosts
//   CANOPY_NIX_LANG=DIR   Nix's own language tests, tests/functional/lang of its repository
//   CANOPY_VANIXIETS=DIR  a fleet of ten hosts; CANOPY_ORACLE=DIR has Nix's answers about it

import { spawnSync } from "node:child_process"

const parts = [
  { script: "test:parity", needs: "CANOPY_NIXPKGS" },
  { script: "test:nixpkgs", needs: "CANOPY_NIXPKGS" },
  { script: "test:lang", needs: "CANOPY_NIX_LANG" },
  { script: "test:vanixiets", needs: "CANOPY_VANIXIETS" },
]

let ran = 0
for (const { script, needs } of parts) {
  if (process.env[needs] === undefined) {
    console.log(`left out: ${script}, which wants ${needs}=DIR`)
    continue
  }
  ran++
  console.log(`== ${script}`)
  const { status } = spawnSync("npm", ["run", "--silent", script], { stdio: "inherit" })
  if (status !== 0) process.exitCode = 1
}
if (ran === 0) process.exitCode = 1
