// What the words of the module system mean, where nixpkgs' library has no comment on them. They are the first that a newcomer
// asks about.

/** By the name of a function of `lib`; Markdown. */
export const moduleWords: ReadonlyMap<string, string> = new Map([
  [
    "mkIf",
    "A definition that counts only where the condition holds. The condition may read other options, also where an `if` would " +
      "be an infinite recursion.",
  ],
  ["mkMerge", "Several definitions in one place: each has conditions and a priority of its own."],
  ["mkOverride", "A definition with a priority. The lowest priority wins; a plain definition has 100."],
  [
    "mkDefault",
    "A definition that gives way to a plain one: priority 1000, where plain definitions have 100 and the option's own default 1500.",
  ],
  ["mkForce", "A definition that wins over plain ones: priority 50, where they have 100."],
  ["mkOptionDefault", "A definition with the priority of an option's own default, 1500."],
  [
    "mkImageMediaOverride",
    "A definition of an installer's image: priority 60, so that `mkForce` still wins.",
  ],
  [
    "mkVMOverride",
    "A definition for the virtual machine of `nixos-rebuild build-vm`: priority 10, which wins over `mkForce`.",
  ],
  [
    "mkOrder",
    "A definition with a place among those that are joined, such as lists and lines: the lower, the earlier; a plain one has 1000.",
  ],
  ["mkBefore", "A definition that comes before plain ones where lists or lines are joined: order 500."],
  ["mkAfter", "A definition that comes after plain ones where lists or lines are joined: order 1500."],
])
