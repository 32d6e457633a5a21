// Hovers on functions of a library: how they are called, and what their file says of them.

import type { FunctionAnswer } from "../../../server/src/fleet/index.js"
import type { FleetView } from "../../../server/src/ide/index.js"
import { check, viewOf } from "./fixture.js"

describe("hover on a function of a library", () => {
  const answering = (answers: Readonly<Record<string, FunctionAnswer>>): FleetView => ({
    ...viewOf([]),
    describe: async (root, path) => answers[[root, ...path].join(" ")],
  })
  const mkDefault = {
    args: ["content"],
    comment: "Gives way.\n\n# Inputs\n\n`content`\n: a value\n\n:::{.example}\n```nix\n# a remark\n```\n:::",
    place: { file: "/fleet/lib.nix", line: 3, column: 5 },
  }

  it("shows how it is called, and the comment above it without what only nixpkgs' manual has", () =>
    check(
      "{ lib, ... }: { a = lib.mkDef$0ault 1; }",
      `
\`\`\`nix
lib.mkDefault content
\`\`\`

Gives way.

**Inputs**

\`content\`
: a value

\`\`\`nix
# a remark
\`\`\`

defined in [lib.nix:3](file:///fleet/lib.nix#L3)
`,
      answering({ "lib mkDefault": mkDefault }),
    ))

  it("says what a word of the module system means where nobody else does", () =>
    check(
      "{ lib, ... }: { a = lib.mkForce$0 1; }",
      "```nix\nlib.mkForce\n```\n\nA definition that wins over plain ones: priority 50, where they have 100.",
      answering({ "lib mkForce": { args: [], comment: "" } }),
    ))

  it("shows the builtin that it is", () =>
    check(
      "{ lib, ... }: lib.tr$0ue",
      "```nix\nbuiltins.true\n```\nThe Boolean `true`.",
      answering({ "lib true": { args: [], comment: "", builtin: "true" } }),
    ))

  it("shows the input where its library has no such function", async () => {
    const view = answering({ "inputs nixpkgs lib f": { args: ["x"], comment: "" } })
    await check("{ inputs, ... }: inputs.nixpkgs.lib.f$0", "```nix\nnixpkgs.lib.f x\n```", view)
    await check(
      "{ inputs, ... }: inputs.nixpkgs.lib.g$0",
      "**nixpkgs** · flake input\n\ngithub:NixOS/nixpkgs/nixos-unstable\n\nlocked at `0123456789ab` of 2026-01-01",
      view,
    )
  })

  it("says nothing of what is no function", () =>
    check("{ lib, ... }: lib.version$0", undefined, answering({})))
})
