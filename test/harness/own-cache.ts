// Imported for its effect: the programs and threads that a test starts keep what they keep in a temporary folder of the run, not in the
// cache of whoever runs the tests. A test that is about the cache gives its programs one of their own.

import { temporaryFolder } from "./temporary-folder.js"

process.env.CANOPY_CACHE = temporaryFolder("cache")
