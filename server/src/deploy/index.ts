// Layer 5: from facts to a plan, which is data, and its commands. Only run.ts acts, after the person's yes.

export { commandLine, planPage } from "./page.js"
export { type DeployFacts, deployCommands, planDeploy } from "./plan.js"
export { runHere } from "./run.js"
