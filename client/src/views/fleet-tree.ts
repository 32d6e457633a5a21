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
  readonly entry: FleetEntry
  readonly host: DeployArguments["host"]
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
  view.message = fleets.flatMap(entry => troubleOf(entry) ?? []).join("\n")
}

function roots(report: FleetReport | undefined): Node[] {
  const entries = (report?.fleets ?? []).filter(entry => entry.fleet !== undefined)
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
  const present = new Set(entry.fleet?.hosts.map(host => host.class))
  return classOrder.filter(it => present.has(it)).map(it => ({ kind: "class", entry, class: it }))
}

function hostsOf({ entry, class: hostClass }: ClassNode): Node[] {
  const hosts = (entry.fleet?.hosts ?? []).filter(host => host.class === hostClass)
  return hosts.map(machine => {
    const files = ownFiles(entry, machine)
    return { kind: "host", entry, machine, host: machine.name, root: entry.root, files }
  })
}

function aspectsOf({ entry, machine }: HostNode): Node[] {
  const taken = new Set<Aspect>()
  return machine.aspects.map(name => {
    const aspect = namedAspects(entry, machine, name).find(aspect => !taken.has(aspect))
    if (aspect !== undefined) taken.add(aspect)
    return { kind: "aspect", name, aspect, root: entry.root, files: aspect?.files ?? [] }
  })
}

/** A host names its aspects; several options may hold one of that name. Those of the host's class come first. */
function namedAspects({ fleet }: FleetEntry, machine: Host, name: string): Aspect[] {
  const named = (fleet?.aspects ?? []).filter(it => it.name === name && it.hosts.includes(machine.name))
  return [
    ...named.filter(it => it.class === machine.class),
    ...named.filter(it => it.class !== machine.class),
  ]
}

/** The files of the aspect that is named after the host. */
function ownFiles({ fleet }: FleetEntry, { name }: Host): readonly string[] {
  return (
    fleet?.aspects.find(aspect => basename(aspect.name) === name && aspect.hosts.includes(name))?.files ?? []
  )
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
  const { machine, entry } = node
  const failed = machine.error !== undefined
  const { Collapsed, None } = TreeItemCollapsibleState
  return item(
    machine.name,
    hostClasses[machine.class].icon,
    machine.aspects.length === 0 ? None : Collapsed,
    {
      id: `${entry.root}#${machine.class}#${machine.name}`,
      description: failed
        ? "does not evaluate"
        : [machine.system, ...machine.tags].filter(Boolean).join(" · "),
      tooltip: hostTooltip(machine),
      contextValue: kindOf(failed ? "host.failed" : "host.evaluates", node),
      ...(failed ? { iconPath: failedIcon } : {}),
    },
  )
}

function hostTooltip(host: Host): MarkdownString {
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
