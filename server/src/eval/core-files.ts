// The files that Nix itself brings along: `<nix/fetchurl.nix>`, a derivation that downloads, used where nothing is built yet,
// and the text of `builtins.derivation`.

import { derivationFile, derivationText } from "./builtins/derivation-function.js"

/** Where evaluation sees these files. */
export const coreFolder = "/__corepkgs__"

const fetchurl = `
{
  url,
  name ? baseNameOf (toString url),
  system ? "",
  hash ? "",
  sha512 ? "",
  sha256 ? "",
  sha1 ? "",
  md5 ? "",
  outputHash ?
    if hash != "" then hash
    else if sha512 != "" then sha512
    else if sha1 != "" then sha1
    else if md5 != "" then md5
    else sha256,
  outputHashAlgo ?
    if hash != "" then ""
    else if sha512 != "" then "sha512"
    else if sha1 != "" then "sha1"
    else if md5 != "" then "md5"
    else "sha256",
  executable ? false,
  unpack ? false,
  impure ? false,
}:
let
  promise = if impure then { __impure = true; } else { inherit outputHashAlgo outputHash; };
in
derivation (
  {
    builder = "builtin:fetchurl";
    system = "builtin";
    outputHashMode = if unpack || executable then "recursive" else "flat";
    inherit name url executable unpack;
    urls = [ url ];
    preferLocalBuild = true;
    impureEnvVars = [ "http_proxy" "https_proxy" "ftp_proxy" "all_proxy" "no_proxy" ];
  }
  // promise
)
`

/** Texts by path. */
export const coreFiles: ReadonlyMap<string, string> = new Map([
  [`${coreFolder}/fetchurl.nix`, fetchurl],
  [derivationFile, derivationText],
])

/** Whether a path would be of what Nix brings along. */
export function isCorePath(path: string): boolean {
  return path.startsWith(`${coreFolder}/`)
}

/** How messages and values show a path. */
export function shownPath(path: string): string {
  return isCorePath(path) ? `<nix${path.slice(coreFolder.length)}>` : path
}

/** How a path is as a string: what Nix brings along lies at the root of a file system of its own. */
export function pathText(path: string): string {
  return isCorePath(path) ? path.slice(coreFolder.length) : path
}

/** Reads them as `EvalIO` reads others. */
export const coreReader = {
  readFile(path: string): string {
    const text = coreFiles.get(path)
    if (text === undefined) throw new Error(`no such core file: ${path}`)
    return text
  },
}

/** In place of what a file system says of a file's state: these never change. */
export const CORE_STAMP = "core"
