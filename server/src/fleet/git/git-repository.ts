// A git working tree, read from its files: where the repository is, and which commit is checked out. No git program is run, since an
// editor asks at every keystroke, and the machine may have no git.

import type { Files } from "../files.js"

export interface GitRepository {
  /** Real path of the working tree. */
  readonly top: string
  /** Folder for what belongs to this working tree alone: HEAD, index. */
  readonly gitDir: string
  /** Folder for what all working trees share: objects, refs, packed-refs. */
  readonly commonDir: string
}

/** The repository whose working tree holds `folder`, itself or around it. */
export function findRepository(files: Files, folder: string): GitRepository | undefined {
  for (let top = folder; ; top = top.slice(0, top.lastIndexOf("/"))) {
    const repository = repositoryAt(files, top)
    if (repository !== undefined || top === "") return repository
  }
}

/** The repository with its working tree at exactly `top`. */
export function repositoryAt(files: Files, top: string): GitRepository | undefined {
  const dotGit = `${top}/.git`
  const kind = files.kindOf(dotGit)
  if (kind === "directory")
    return files.kindOf(`${dotGit}/HEAD`) === undefined
      ? undefined
      : { top, gitDir: dotGit, commonDir: dotGit }
  if (kind !== "regular") return undefined
  // A linked working tree or a submodule: a file that says where the repository is.
  const target = /^gitdir: (.*)$/m.exec(files.readFile(dotGit))?.[1]
  if (target === undefined) return undefined
  const gitDir = absolute(target, top)
  const commonFile = `${gitDir}/commondir`
  const common = files.kindOf(commonFile) === "regular" ? files.readFile(commonFile).trim() : "."
  return { top, gitDir, commonDir: absolute(common, gitDir) }
}

/** Forgets what was remembered of the parts of a repository that change when people work in it. */
export function forgetRepository(files: Files, repository: GitRepository): void {
  files.forget(`${repository.gitDir}/index`)
  files.forget(`${repository.gitDir}/HEAD`)
  files.forget(`${repository.commonDir}/packed-refs`)
  files.forget(`${repository.commonDir}/config`)
  const branch = headBranch(files, repository)
  if (branch !== undefined) files.forget(`${repository.commonDir}/${branch}`)
}

/** The commit that a branch, a tag without a message or `HEAD` is; undefined for what is none. */
export function revisionOf(files: Files, repository: GitRepository, name: string): string | undefined {
  if (name === "HEAD") return headRevision(files, repository)
  for (const full of [name, `refs/heads/${name}`, `refs/tags/${name}`, `refs/remotes/origin/${name}`]) {
    if (!full.startsWith("refs/")) continue
    const found =
      revisionIn(files, `${repository.commonDir}/${full}`) ?? packedRevision(files, repository, full)
    if (found !== undefined) return found
  }
  return undefined
}

/** The commit that is checked out; undefined before the first one. */
export function headRevision(files: Files, repository: GitRepository): string | undefined {
  const branch = headBranch(files, repository)
  if (branch === undefined) return revisionIn(files, `${repository.gitDir}/HEAD`)
  return revisionIn(files, `${repository.commonDir}/${branch}`) ?? packedRevision(files, repository, branch)
}

/** The branch that is checked out, such as `refs/heads/main`. */
export function headBranch(files: Files, repository: GitRepository): string | undefined {
  const head =
    files.kindOf(`${repository.gitDir}/HEAD`) === "regular" ? files.readFile(`${repository.gitDir}/HEAD`) : ""
  return /^ref: (.*)$/m.exec(head)?.[1]
}

/** Whether the history of a repository was cut off when it was cloned. */
export function isShallow(files: Files, { commonDir }: GitRepository): boolean {
  return files.kindOf(`${commonDir}/shallow`) !== undefined
}

function revisionIn(files: Files, path: string): string | undefined {
  if (files.kindOf(path) !== "regular") return undefined
  return /^[0-9a-f]{40,64}$/m.exec(files.readFile(path))?.[0]
}

function packedRevision(files: Files, repository: GitRepository, branch: string): string | undefined {
  const packed = `${repository.commonDir}/packed-refs`
  if (files.kindOf(packed) !== "regular") return undefined
  for (const line of files.readFile(packed).split("\n")) {
    const [revision, name] = line.split(" ")
    if (name === branch) return revision
  }
  return undefined
}

/** `path` from `folder`, without `.` and `..`. */
function absolute(path: string, folder: string): string {
  const parts: string[] = []
  for (const part of (path.startsWith("/") ? path : `${folder}/${path}`).split("/")) {
    if (part === "" || part === ".") continue
    if (part === "..") parts.pop()
    else parts.push(part)
  }
  return `/${parts.join("/")}`
}
