// `--host H` for answers that name hosts: keeps what concerns one of these hosts, and what concerns no host in particular.

/** The items that remain; all of them when no host is given. */
export function onlyHosts<T extends { readonly hosts: readonly string[] }>(
  items: readonly T[],
  hosts: readonly string[],
): T[] {
  if (hosts.length === 0) return [...items]
  return items.filter(item => item.hosts.length === 0 || item.hosts.some(host => hosts.includes(host)))
}
