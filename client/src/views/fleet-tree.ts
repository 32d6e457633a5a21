// The Fleet view: hosts by class, and the aspects of each. Data of the protocol in, tree items out; nothing is computed here.

import { basename } from "node:path"
import {
  type Disposable,
  EventEmitter,
  MarkdownString,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  type TreeView,
  window,
} from "vscode"
import type {
  Aspect,
  DeployArguments,
  Fleet,
  FleetEntry,
  FleetReport,
  Host,
  HostClass,
} from "../../../server/src/lsp/protocol.js"
import type { WithFiles } from "../commands/open-files.js"
import { type Context, troubleOf } from "../context.js"
import { hostClasses } from "../host-classes.js"

type Node = FleetNode | ClassNode | HostNode | AspectNode

interface FleetNode {
  readonly kind: "fleet"
  readonly entry: FleetEntry
}

interface ClassNode {
  readonly kind: "class"
  readonly entry: FleetEntry
  readonly class: HostClass
}

/** Also the argument of `Deploy This Host`. */
interface HostNode extends WithFiles {
  readonly kind: "host"
  readonly machine: Host
  /** What is known of its aspects. */
  readonly fleet: Fleet
  readonly host: DeployArguments["host"]
  /** Why it is shown as last known. */
  readonly because: string | undefined
}

interface AspectNode extends WithFiles {
  readonly kind: "aspect"
  readonly name: string
  readonly aspect: Aspect | undefined
}

const viewId = "canopy.fleet"

const classOrder: readonly HostClass[] = ["nixos", "darwin", "homeManager"]

const failedIcon = new ThemeIcon("error", new ThemeColor("list.errorForeground"))

/** Shows the view until it is disposed of. */
export function showFleetTree(context: Context): Disposable[] {
  const changed = new EventEmitter<void>()
  const treeDataProvider: TreeDataProvider<Node> = {
    onDidChangeTreeData: changed.event,
    getChildren: node => (node === undefined ? roots(context.fleet.report) : childrenOf(node)),
    getTreeItem: itemOf,
  }
  const view = window.createTreeView(viewId, { treeDataProvider, showCollapseAll: true })
  const showStart = () => void window.withProgress({ location: { viewId } }, () => context.fleet.loaded())
  showStart()
  return [
    view,
    changed,
    context.fleet.onDidChange(report => {
      describe(view, report)
      changed.fire()
    }),
    context.server.onDidChangeState(state => state === "starting" && showStart()),
  ]
}

/** Shows above the rows, or in their place, what is going on and what went wrong. */
function describe(view: TreeView<Node>, report: FleetReport): void {
  const { fleets } = report
  const loading = fleets.some(({ status }) => status.kind === "loading")
  const busy = fleets.some(({ isBusy }) => isBusy)
  view.description = loading ? "evaluating…" : busy ? "checking…" : ""
  const byWeight = [...fleets].sort((a, b) => Number(hadHosts(b)) - Number(hadHosts(a)))
  view.message = firstTroubles(byWeight.flatMap(entry => troubleOf(entry) ?? []))
}

/** Whether it lost hosts, which says more than that a flake has none. */
function hadHosts({ lastKnown }: FleetEntry): boolean {
  return lastKnown !== undefined
}

// A message above the rows is as high as it is long, and a window may hold many flakes without hosts.
const shownTroubles = 2

/** The first troubles. Of more than one fleet, each has a row that says its own. */
function firstTroubles(troubles: readonly string[]): string {
  const shown = troubles.slice(0, shownTroubles)
  const more = troubles.length - shown.length
  return (more === 0 ? shown : [...shown, `${more} more, which are marked below`]).join(" · ")
}

function roots(report: FleetReport | undefined): Node[] {
  const entries = (report?.fleets ?? []).filter(
    entry => entry.fleet !== undefined || troubleOf(entry) !== undefined,
  )
  if (entries.length === 1) return classesOf(entries[0])
  return entries.map(entry => ({ kind: "fleet", entry }))
}

function childrenOf(node: Node): Node[] {
  switch (node.kind) {
    case "fleet":
      return classesOf(node.entry)
    case "class":
      return hostsOf(node)
    case "host":
      return aspectsOf(node)
    case "aspect":
      return []
  }
}

function classesOf(entry: FleetEntry): Node[] {
  const present = new Set(allHostsOf(entry).map(({ machine }) => machine.class))
  return classOrder.filter(it => present.has(it)).map(it => ({ kind: "class", entry, class: it }))
}

function hostsOf({ entry, class: hostClass }: ClassNode): Node[] {
  return allHostsOf(entry)
    .filter(({ machine }) => machine.class === hostClass)
    .sort((a, b) => (a.host < b.host ? -1 : 1))
}

function allHostsOf({ root, fleet, lastKnown }: FleetEntry): HostNode[] {
  const nodesOf = (fleet: Fleet, because?: string) =>
    fleet.hosts.map(
      (machine): HostNode => ({
        kind: "host",
        machine,
        fleet,
        host: machine.name,
        root,
        files: ownFiles(fleet, machine),
        because,
      }),
    )
  return [
    ...(fleet === undefined ? [] : nodesOf(fleet)),
    ...(lastKnown === undefined ? [] : nodesOf(lastKnown.fleet, lastKnown.because)),
  ]
}

function aspectsOf({ fleet, machine, root }: HostNode): Node[] {
  const taken = new Set<Aspect>()
  return machine.aspects.map(name => {
    const aspect = namedAspects(fleet, machine, name).find(aspect => !taken.has(aspect))
    if (aspect !== undefined) taken.add(aspect)
    return { kind: "aspect", name, aspect, root, files: aspect?.files ?? [] }
  })
}

/** A host names its aspects; several options may hold one of that name. Those of the host's class come first. */
function namedAspects({ aspects }: Fleet, machine: Host, name: string): Aspect[] {
  const named = aspects.filter(it => it.name === name && it.hosts.includes(machine.name))
  return [
    ...named.filter(it => it.class === machine.class),
    ...named.filter(it => it.class !== machine.class),
  ]
}

/** The files of the aspect that is named after the host. */
function ownFiles({ aspects }: Fleet, { name }: Host): readonly string[] {
  return aspects.find(aspect => basename(aspect.name) === name && aspect.hosts.includes(name))?.files ?? []
}

function itemOf(node: Node): TreeItem {
  switch (node.kind) {
    case "fleet":
      return fleetItem(node)
    case "class":
      return item(hostClasses[node.class].title, undefined, TreeItemCollapsibleState.Expanded, {
        id: `${node.entry.root}#${node.class}`,
      })
    case "host":
      return hostItem(node)
    case "aspect":
      return aspectItem(node)
  }
}

/** How menus tell rows apart: `.files` has some to open. */
function kindOf(kind: string, { files }: WithFiles): string {
  return files.length === 0 ? kind : `${kind}.files`
}

function fleetItem({ entry }: FleetNode): TreeItem {
  const trouble = troubleOf(entry)
  const failed = trouble !== undefined && entry.status.kind !== "interrupted"
  return item(basename(entry.root), "root-folder", TreeItemCollapsibleState.Expanded, {
    id: entry.root,
    tooltip: trouble ?? entry.root,
    ...(failed ? { iconPath: failedIcon } : {}),
  })
}

function hostItem(node: HostNode): TreeItem {
  const { machine, root, because } = node
  const { Collapsed, None } = TreeItemCollapsibleState
  const state = machine.aspects.length === 0 ? None : Collapsed
  return item(machine.name, hostClasses[machine.class].icon, state, {
    id: `${root}#${machine.class}#${machine.name}`,
    tooltip: hostTooltip(machine, because),
    ...hostLook(node),
  })
}

function hostLook(node: HostNode): Partial<TreeItem> {
  const { machine, because } = node
  if (because !== undefined)
    return {
      description: "as last known",
      contextValue: kindOf("host.lastKnown", node),
      iconPath: new ThemeIcon(hostClasses[machine.class].icon, new ThemeColor("disabledForeground")),
    }
  if (machine.error !== undefined)
    return {
      description: "does not evaluate",
      contextValue: kindOf("host.failed", node),
      iconPath: failedIcon,
    }
  return {
    description: [machine.system, ...machine.tags].filter(Boolean).join(" · "),
    contextValue: kindOf("host.evaluates", node),
  }
}

function hostTooltip(host: Host, because: string | undefined): MarkdownString {
  const rows: [string, string][] = [
    ["class", host.class],
    ["system", host.system],
    ["tags", host.tags.join(", ")],
    ["deploys to", host.target],
    ["modules", String(host.modules)],
  ]
  const tooltip = new MarkdownString(`**${host.name}**\n\n`)
  // As code: a target such as root@host would be made an address to write to.
  for (const [label, value] of rows)
    if (value !== "") tooltip.appendMarkdown(`- ${label}: \`${value.replaceAll("`", "'")}\`\n`)
  if (host.error !== undefined) tooltip.appendCodeblock(host.error, "text")
  if (because !== undefined) {
    tooltip.appendMarkdown("\nThis is how it was before something failed:\n")
    tooltip.appendCodeblock(because, "text")
  }
  return tooltip
}

/** A click or Enter opens its files, as on any row that has none below it. */
function aspectItem(node: AspectNode): TreeItem {
  const { name, aspect, files } = node
  const shared = { contextValue: kindOf("aspect", node) }
  if (aspect === undefined) return item(name, "symbol-module", TreeItemCollapsibleState.None, shared)
  const { option, class: aspectClass, hosts } = aspect
  const open = { command: "canopy.openFiles", title: "Open File", arguments: [node] }
  const description = `${option} · ${hosts.length} ${hosts.length === 1 ? "host" : "hosts"}`
  return item(name, "symbol-module", TreeItemCollapsibleState.None, {
    ...shared,
    description,
    // Without this, screen readers read the tooltip alone.
    accessibilityInformation: { label: `${name}, aspect of ${description.replace(" ·", ",")}` },
    tooltip: [option, aspectClass, name].filter(Boolean).join("."),
    ...(files.length === 0 ? {} : { command: open }),
  })
}

function item(
  label: string,
  icon: string | undefined,
  state: TreeItemCollapsibleState,
  more: Partial<TreeItem>,
): TreeItem {
  const treeItem = new TreeItem(label, state)
  if (icon !== undefined) treeItem.iconPath = new ThemeIcon(icon)
  return Object.assign(treeItem, more)
}
