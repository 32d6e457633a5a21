// Stands in for the native module argon2, so that the tests need no compiler and no download outside npm.
// code-server imports it at start and calls it only to check a password; the tests run it with `--auth none`.

function refuse() {
  throw new Error("argon2 is a stub here: code-server must run with --auth none")
}

module.exports = { hash: refuse, verify: refuse, argon2id: 2 }
