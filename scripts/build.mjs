// Bundles Canopy into dist/. Programs that people wait for have a small starter and a main bundle: client.js and client-main.js are the
// VS Code half, server.js and server-main.js the language server, worker.js and worker-main.js the evaluation thread, cli.js and
// cli-main.js the command line. fetcher.js is the fetching thread.
//
//   node scripts/build.mjs [--watch]
//
// web-tree-sitter is aliased to its CommonJS entry: bundled from its ESM entry, `import.meta.url` is undefined, and the program
// crashes at start although esbuild reports nothing.
import { chmodSync, copyFileSync, mkdirSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { build, context } from "esbuild"

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const require = createRequire(import.meta.url)

const options = {
  absWorkingDir: root,
  entryPoints: {
    client: "client/src/start.ts",
    "client-main": "client/src/extension.ts",
    server: "server/src/start.ts",
    "server-main": "server/src/main.ts",
    worker: "server/src/worker-start.ts",
    "worker-main": "server/src/worker.ts",
    cli: "server/src/boot.ts",
    "cli-main": "server/src/cli.ts",
    fetcher: "server/src/fetcher.ts",
  },
  outdir: "dist",
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  // Programs are loaded as scripts (machine/load-program.ts), where `import()` does not work: `require` takes its place.
  supported: { "dynamic-import": false },
  sourcemap: true,
  external: ["vscode"],
  loader: { ".nix": "text" },
  alias: { "web-tree-sitter": require.resolve("web-tree-sitter") },
  logLevel: "info",
}

/** Copies the runtime of web-tree-sitter, which is loaded from a file beside the bundle. */
function copyAssets() {
  mkdirSync(join(root, "dist"), { recursive: true })
  copyFileSync(
    join(dirname(require.resolve("web-tree-sitter")), "web-tree-sitter.wasm"),
    join(root, "dist/web-tree-sitter.wasm"),
  )
}

copyAssets()
if (process.argv.includes("--watch")) {
  const watcher = await context(options)
  await watcher.watch()
} else {
  await build(options)
  chmodSync(join(root, "dist/cli.js"), 0o755)
}
