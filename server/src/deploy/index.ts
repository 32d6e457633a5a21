// Layer 5: plan (pure) to steps (data). Only `run` acts, after the person's yes.

export { commandLine, planPage } from "./page.js"
export { type DeployFacts, deployCommands, planDeploy, UnknownHost, type VarFact } from "./plan.js"
export { runHere, type StepFailure } from "./run.js"
