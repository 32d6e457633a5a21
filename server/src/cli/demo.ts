// `canopy demo`: the main job on the example fleet in two screens: its machines, one option on all of them, what is wrong, what
// could be removed, and what a deploy would do. Each part is the output of the command named above it.

import { join } from "node:path"
import { planPage } from "../deploy/index.js"
import { Given } from "./arguments.js"
import { findingsText, summary } from "./check.js"
import { command, exit } from "./command.js"
import { type FleetFlag, loadFleet, withFleet } from "./fleet.js"
import { hostsText } from "./hosts.js"
import { packagesText } from "./packages.js"
import { layoutOf } from "./shown/answer.js"
import { optionText } from "./shown/option-text.js"
import type { Style } from "./shown/style.js"
import { cut } from "./shown/table.js"

const option = "fleet.monitoring.interval"
const host = "electrum"
const widest = 118

export const demoCommand = command({
  usage: "",
  summary: "all of this on the example fleet, in two screens",
  flags: {},
  async run(given, terminal) {
    const folder = given.operand(join(__dirname, "../examples/fleet"))
    const since = performance.now()
    const answers = await withFleet(
      folder,
      new Given<FleetFlag>([], []),
      terminal,
      async (port, progress) => ({
        root: port.root,
        fleet: await loadFleet(port, progress),
        option: await port.ask({ kind: "option", path: option }, progress),
        findings: await port.ask({ kind: "check" }, progress),
        packages: await port.ask({ kind: "packages" }, progress),
        plan: await port.ask({ kind: "plan", hosts: [host] }, progress),
      }),
    )
    const seconds = (performance.now() - since) / 1000
    const { root, fleet } = answers
    const layout = { ...layoutOf(terminal), width: Math.min(terminal.width, widest) }
    const { style, width } = layout
    const section = (question: string, text: string) => terminal.out(`\n${style.bold(question)}\n\n${text}`)
    terminal.out(`${opening(fleet.hosts.length, seconds, style)}\n`)
    section("$ canopy hosts examples/fleet", hostsText(fleet.hosts, layout))
    section(`$ canopy option ${option} examples/fleet`, optionText(answers.option, root, layout))
    const findings = findingsText(answers.findings, root, layout)
    section("$ canopy check examples/fleet", `${findings}${summary(answers.findings)}\n`)
    section("$ canopy packages examples/fleet", packagesText(answers.packages, root, layout))
    section(`$ canopy plan ${host} --flake examples/fleet`, narrow(planPage(answers.plan), width))
    terminal.out(closing(style))
    return exit.done
  },
})

function opening(hosts: number, seconds: number, style: Style): string {
  const what = `${hosts} configurations evaluated in ${seconds.toFixed(1)} s, without Nix`
  return `${style.green("Canopy")}  one flake, every machine: ${what}`
}

function narrow(text: string, width: number): string {
  return text
    .split("\n")
    .map(line => cut(line, width))
    .join("\n")
}

function closing(style: Style): string {
  return `
${style.bold("The same in VS Code, while you type")}

  npm run package
  code --install-extension canopy.vsix
  code examples/fleet     then hover 'interval' in modules/machines/nixos/${host}/default.nix
`
}
