// `--host H` for answers that name hosts: what concerns one of them, and what concerns no host in particular.

/** Without hosts, everything. */
export function onlyHosts<T extends { readonly hosts: readonly string[] }>(
  items: readonly T[],
  hosts: readonly string[],
): T[] {
  if (hosts.length === 0) return [...items]
  return items.filter(item => item.hosts.length === 0 || item.hosts.some(host => hosts.includes(host)))
}
