// Layer 5: one file a feature. Offsets of a text in, plain data out; the protocol's types are made of it elsewhere.

export { type DefinitionSite, definitionSites, findSite } from "./definition-sites.js"
export type { ContainerRef, Wrapper } from "./module-places.js"
export { type Target, targetAt } from "./target.js"
