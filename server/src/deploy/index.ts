// Layer 5: plan (pure) to steps (data). Nothing here acts.

export { commandLine, planPage } from "./page.js"
export { type DeployFacts, deployCommands, planDeploy, UnknownHost, type VarFact } from "./plan.js"
