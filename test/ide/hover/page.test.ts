// The page of Show Option where there is nothing to show.

import assert from "node:assert/strict"
import { optionPage } from "../../../server/src/ide/index.js"

describe("the page of an option", () => {
  const nowhere = { path: "services.x.enable", hosts: [] }

  it("says that no host has it", () =>
    assert.equal(optionPage(nowhere), "**services.x.enable**\n\nno host has this option"))
  it("says what may have been meant", () =>
    assert.equal(
      optionPage({ ...nowhere, near: ["services.y.enable", "services.z.enable"] }),
      "**services.x.enable**\n\nno host has this option\n\nDid you mean `services.y.enable`, `services.z.enable`?",
    ))
  it("says why, where there are no hosts", () =>
    assert.equal(
      optionPage(nowhere, "", "its 'outputs' fail"),
      "**services.x.enable**\n\nthis flake has no hosts: its 'outputs' fail",
    ))
})
