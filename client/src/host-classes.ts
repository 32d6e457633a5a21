// What the classes of hosts are called, and their icons.

import type { HostClass } from "../../server/src/lsp/protocol.js"

export const hostClasses: Readonly<Record<HostClass, { title: string; icon: string }>> = {
  nixos: { title: "NixOS", icon: "server" },
  darwin: { title: "macOS", icon: "device-desktop" },
  homeManager: { title: "Home", icon: "home" },
}
