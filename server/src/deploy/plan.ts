// The plan of a deploy: what would run, what is known to change, and what a person should know before saying yes.
//
// Pure: facts in, data out; nothing here runs anything. The steps are exactly the commands that run after the yes. What a command
// does by itself (clan first generates vars for every machine) is listed under `changes`.

import {
  type BrokenPackage,
  type Fleet,
  type Host,
  type HostPlan,
  noSuchHost,
  type Plan,
  type PlanStep,
} from "../fleet/index.js"

/** A file that a vars generator makes, as `canopy vars` prints it. */
export interface VarFact {
  readonly host: string
  readonly generator: string
  readonly file: string
  readonly secret: boolean
  readonly present: boolean
}

/** What a plan is made from. */
export interface DeployFacts {
  readonly fleet: Fleet
  /** Whether the flake is a clan, so that `clan` deploys its machines. */
  readonly clan: boolean
  /** There is no flake.nix, so that no tool takes a flake reference. */
  readonly flakeless?: true
  /** The vars of all hosts: clan generates them for every machine, whichever is updated. */
  readonly vars: readonly VarFact[]
  readonly broken: readonly BrokenPackage[]
}

/** The plan for the named hosts, in the order given. @throws Error for a name that no host has */
export function planDeploy(facts: DeployFacts, hosts: readonly string[]): Plan {
  return { hosts: hosts.map(name => planHost(facts, hostNamed(facts.fleet, name))) }
}

/** What to run on this machine once the person has said yes; each a program and its arguments. */
export function deployCommands(plan: Plan): (readonly string[])[] {
  return plan.hosts.flatMap(({ steps }) =>
    steps.filter(step => step.on === "here" && 0 < step.command.length).map(step => step.command),
  )
}

function hostNamed(fleet: Fleet, name: string): Host {
  const host = fleet.hosts.find(host => host.name === name)
  if (host !== undefined) return host
  const known = fleet.hosts.map(host => host.name)
  throw new Error(noSuchHost(name, known))
}

function planHost(facts: DeployFacts, host: Host): HostPlan {
  const backend = backendOf(facts, host)
  const evaluates = host.error === undefined
  return {
    host: host.name,
    backend: backend.program,
    steps: evaluates ? [backend.step(host)] : [],
    changes: evaluates ? [...systemChange(host), ...backend.changes(facts, host)] : [],
    warnings: [...hostWarnings(facts, host), ...(evaluates ? backend.warnings(host) : [])],
  }
}

/** A tool that brings a configuration onto a machine. */
interface Backend {
  readonly program: string
  step(host: Host): PlanStep
  changes(facts: DeployFacts, host: Host): string[]
  warnings(host: Host): string[]
}

function backendOf({ clan, flakeless }: DeployFacts, host: Host): Backend {
  if (host.class === "homeManager") return homeManager
  if (host.deployer === "colmena") return colmenaApply
  if (flakeless) return byHand
  if (host.deployer === "deploy-rs") return deployRs
  if (clan) return clanUpdate
  return host.class === "darwin" ? darwinRebuild : nixosRebuild
}

// What `clan machines update` does, in its order: vars of all machines, upload of secrets and sources, build, activation.
const clanUpdate: Backend = {
  program: "clan",
  step: host => here(`update ${host.name} with clan`, ["clan", "machines", "update", host.name]),
  changes: ({ vars }, host) => [
    ...varChanges(vars),
    `the secrets and the sources of ${host.name} are uploaded to it`,
    host.class === "darwin"
      ? `darwin-rebuild switches ${host.name} to the new system`
      : `the system is built, made the boot default of ${host.name}, and switched to`,
  ],
  warnings: host => [
    ...(host.target === ""
      ? [`${host.name} has no deploy target: clan searches its networks and fails if none answers`]
      : []),
    host.class === "darwin"
      ? "clan activates a darwin system on the machine that builds it: do not give another build host"
      : "clan does not roll back: when switching fails, the new system is still what boots next",
  ],
}

const colmenaApply: Backend = {
  program: "colmena",
  step: host => here(`apply ${host.name} with colmena`, ["colmena", "apply", "--on", host.name]),
  changes: (_facts, host) => [
    `the system is built, pushed to ${host.target || host.name} with its keys, and switched to`,
  ],
  warnings: () => [
    "colmena does not roll back: when switching fails, the new system is still what boots next",
  ],
}

// Without a flake, Canopy does not know which tool the person uses.
const byHand: Backend = {
  program: "your own tool",
  step: host => ({
    title: `build ${host.name} and switch to it as you do without a flake`,
    command: [],
    on: "here",
  }),
  changes: () => [],
  warnings: () => [
    "Canopy deploys fleets that are a flake, or a colmena hive; what you run here is yours to know",
  ],
}

const deployRs: Backend = {
  program: "deploy",
  step: host => here(`deploy ${host.name} with deploy-rs`, ["deploy", `.#${host.name}`]),
  changes: (_facts, host) => [
    `every profile of ${host.name} is built, copied to ${host.target || host.name}, and activated`,
  ],
  warnings: () => [
    "deploy-rs checks the whole flake first, and goes back to the former profile when it loses the machine",
  ],
}

const nixosRebuild: Backend = {
  program: "nixos-rebuild",
  step: host => {
    const remote = host.target === "" ? [] : ["--target-host", host.target]
    const command = ["nixos-rebuild", "switch", "--flake", `.#${host.name}`, ...remote, "--sudo"]
    return here(`switch ${host.name} with nixos-rebuild`, command)
  },
  changes: (_facts, host) => [
    `the system is built here, copied to ${host.target || host.name}, and switched to`,
  ],
  warnings: host => (host.target === "" ? [onThisMachine(host)] : []),
}

const darwinRebuild: Backend = {
  program: "darwin-rebuild",
  step: host =>
    here(`switch ${host.name} with darwin-rebuild`, [
      "sudo",
      "darwin-rebuild",
      "switch",
      "--flake",
      `.#${host.name}`,
    ]),
  changes: () => ["the system is built and switched to"],
  warnings: host => [onThisMachine(host)],
}

const homeManager: Backend = {
  program: "home-manager",
  step: host =>
    here(`switch ${host.name} with home-manager`, ["home-manager", "switch", "--flake", `.#${host.name}`]),
  changes: () => ["the home is built and activated for the user who runs it"],
  warnings: host => [onThisMachine(host)],
}

function here(title: string, command: readonly string[]): PlanStep {
  return { title, command, on: "here" }
}

function onThisMachine(host: Host): string {
  return `this activates on the machine that you sit at: go on only if it is ${host.name}`
}

function systemChange(host: Host): string[] {
  return host.drvPath === undefined ? [] : [`${host.name} gets the system of ${host.drvPath}`]
}

function varChanges(vars: readonly VarFact[]): string[] {
  const missing = vars.filter(file => !file.present)
  if (missing.length === 0)
    return ["clan runs the vars generators of all machines first: none has a file to make"]
  const names = [...new Set(missing.map(file => `${file.host}: ${file.generator}/${file.file}`))]
  return [`clan first generates for all machines and commits: ${names.join(", ")}`]
}

function hostWarnings({ broken, vars }: DeployFacts, host: Host): string[] {
  const packages = broken.filter(it => it.hosts.includes(host.name) && it.fallback === undefined)
  const missing = vars.filter(file => file.host === host.name && !file.present)
  return [
    ...(host.error === undefined ? [] : [`${host.name} does not evaluate: ${host.error}`]),
    ...packages.map(it => `package '${it.name}' will not build: ${it.why}`),
    ...missing.map(file => `${secrecy(file)} '${file.generator}/${file.file}' does not exist yet`),
  ]
}

function secrecy(file: VarFact): string {
  return file.secret ? "the secret" : "the var"
}
