// Layer 5: plan (pure) to steps (data). Only `run` acts, after the person's yes.

export { commandLine, planPage } from "./page.js"
export { type DeployFacts, deployCommands, planDeploy, UnknownHost } from "./plan.js"
export { runHere } from "./run.js"
