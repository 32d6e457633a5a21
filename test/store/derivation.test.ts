// Derivations of every kind of addressing. All paths are what Nix 2.34.8 computed for the same attributes.

import assert from "node:assert/strict"
import {
  type Addressing,
  type Derivation,
  derivationOf,
  drvPathOf,
  hashDerivationModulo,
  type Instantiated,
  Instantiations,
  instantiate,
  knownOutputPath,
  parseDerivation,
  parseHash,
  printDerivation,
  type Recipe,
} from "../../server/src/store/index.js"

const emptyHash = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
const emptySha1 = "da39a3ee5e6b4b0d3255bfef95601890afd80709"

/** Of all recipes of this file: none may get what another one came to. */
const instantiations = new Instantiations()

/** What every recipe has, and what this one has besides. */
function recipeOf(name: string, env: Record<string, string>, rest: Partial<Recipe> = {}): Recipe {
  return {
    name,
    system: "s",
    builder: "b",
    args: [],
    env: new Map(Object.entries({ builder: "b", name, system: "s", ...env })),
    inputDrvs: new Map(),
    inputSrcs: [],
    outputs: ["out"],
    addressing: { kind: "input" },
    ...rest,
  }
}

/** Instantiates as an evaluator does: the hashes of what was made before are kept. */
class Instantiator {
  private readonly made = new Map<string, Instantiated>()

  make(name: string, env: Record<string, string>, rest: Partial<Recipe> = {}) {
    const recipe = recipeOf(name, env, rest)
    const instantiated = instantiate(recipe, this.modulo)
    this.made.set(instantiated.drvPath, instantiated)
    for (const _ of ["new", "known"])
      assert.deepEqual(instantiations.instantiate(recipe, this.modulo), instantiated)
    const derivation = derivationOf(recipe, instantiated)
    checkReadBack(derivation, instantiated, this.modulo)
    return { ...instantiated, derivation, out: instantiated.outputEnv.get("out") }
  }

  private readonly modulo = (drvPath: string) => {
    const known = this.made.get(drvPath)
    assert.ok(known, `${drvPath} was not instantiated before`)
    return known.modulo
  }
}

/** What was computed from the recipe must be what is computed from the .drv file. */
function checkReadBack(
  derivation: Derivation,
  made: Instantiated,
  modulo: (drvPath: string) => string | undefined,
): void {
  const text = printDerivation(derivation)
  const read = parseDerivation(text, derivation.name)
  assert.equal(printDerivation(read), text)
  assert.equal(drvPathOf(read, text), made.drvPath)
  assert.equal(hashDerivationModulo(read, modulo), made.modulo)
  for (const [name, output] of made.outputs)
    assert.equal(knownOutputPath(read.outputs.get(name)!), knownOutputPath(output))
}

const fixed = (method: "flat" | "nar" | "text" | "git", hash: string): Addressing => ({
  kind: "fixed",
  method,
  hash: parseHash(hash),
})

describe("derivation", () => {
  it("is named by its recipe", () => {
    const { out } = new Instantiator().make("n", {})
    assert.equal(out, "/nix/store/8qwygm88qsiwpdycf5hhk51zjbh3kgaa-n")
  })

  it("is named otherwise in another store", () => {
    const { drvPath, outputEnv } = instantiate(recipeOf("n", {}), () => undefined, "/foo/store")
    assert.equal(drvPath, "/foo/store/arhvyjn5mh6v0lhbhkmnxv97wkava7sa-n.drv")
    assert.equal(outputEnv.get("out"), "/foo/store/7hkg28x54aix77yyfpzj9aa5l8c9687s-n")
  })

  const promised: [
    name: string,
    method: "flat" | "nar" | "text" | "git",
    hash: string,
    env: object,
    drv: string,
    out: string,
  ][] = [
    [
      "flat1",
      "flat",
      `sha1:${emptySha1}`,
      { outputHash: emptySha1, outputHashAlgo: "sha1" },
      "sqnkzaf2qxni5zjwrs0p118yga9rylm3",
      "dmlbldcjh34h9xrfxvx72jn4r2vwn05i",
    ],
    [
      "rec256",
      "nar",
      emptyHash,
      { outputHash: emptyHash, outputHashMode: "recursive" },
      "5yhna7wbfq9sryywd6bg8zwgnq89bcp4",
      "dwyq247p343m3h757k21k202gi0vh2w1",
    ],
    [
      "rec5",
      "nar",
      "md5:d41d8cd98f00b204e9800998ecf8427e",
      {
        outputHash: "d41d8cd98f00b204e9800998ecf8427e",
        outputHashAlgo: "md5",
        outputHashMode: "recursive",
      },
      "9d37wyq5adll07dkqbdjdqcnrvnn352r",
      "2iqyc5dvizgnybypbdbqxfyh76cmw636",
    ],
    [
      "text",
      "text",
      emptyHash,
      { outputHash: emptyHash, outputHashMode: "text" },
      "hi8zf5ndi1l243gyzbjcbxjx2kdpvmc8",
      "v5lchdrcm2mh8gb7fdw6h0hlp3rfialk",
    ],
    [
      "git",
      "git",
      `sha1:${emptySha1}`,
      { outputHash: emptySha1, outputHashAlgo: "sha1", outputHashMode: "git" },
      "lnhq0y8b4r5l2plj59ld6kbr02sc4q6n",
      "76laq56kqi6a5m1vbnr28aq7pn7w3db6",
    ],
    [
      "b3",
      "nar",
      "blake3-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
      {
        outputHash: "blake3-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
        outputHashMode: "recursive",
      },
      "lkw5fhjfaspnhgaapshc6jaz1a16wb8p",
      "km5v6zynfq2kidaysiabsanmqw7b75vg",
    ],
  ]
  for (const [name, method, hash, env, drv, out] of promised)
    it(`that promises a ${method} ${hash.slice(0, 4)} is named by what it promises`, () => {
      const made = new Instantiator().make(name, { ...env }, { addressing: fixed(method, hash) })
      assert.equal(made.drvPath, `/nix/store/${drv}-${name}.drv`)
      assert.equal(made.out, `/nix/store/${out}-${name}`)
    })

  it("does not change its output when a download is fetched from elsewhere", () => {
    const use = (url: string) => {
      const nix = new Instantiator()
      const download = nix.make("src", { url }, { addressing: fixed("flat", emptyHash) })
      const inputDrvs = new Map([[download.drvPath, ["out"]]])
      return { download, user: nix.make("user", { src: download.out! }, { inputDrvs }) }
    }
    const here = use("http://here")
    const there = use("http://there")
    assert.notEqual(here.download.drvPath, there.download.drvPath)
    assert.notEqual(here.user.drvPath, there.user.drvPath)
    assert.equal(here.user.out, there.user.out)
  })

  it("has several outputs, inputs of all sorts, escapes and bytes beyond ASCII", () => {
    const nix = new Instantiator()
    const flat = nix.make(
      "flat1",
      { outputHash: emptySha1, outputHashAlgo: "sha1" },
      { addressing: fixed("flat", `sha1:${emptySha1}`) },
    )
    const nar = nix.make(
      "rec256",
      { outputHash: emptyHash, outputHashMode: "recursive" },
      { addressing: fixed("nar", emptyHash) },
    )
    const text = nix.make(
      "text",
      { outputHash: emptyHash, outputHashMode: "text" },
      { addressing: fixed("text", emptyHash) },
    )
    const src = "/nix/store/lfngsssysp6h1v4ccqg23c52s9sjl779-x"
    const deps = [flat, nar, text]
    const made = nix.make(
      "afterfixed",
      {
        deps: deps.map(dep => dep.out).join(" "),
        src,
        outputs: "out z a",
        quote: 'a"b\\c\nd\re\tf',
        // What a caller leaves here does not count: the outputs' own variables win.
        out: "whatever",
      },
      {
        outputs: ["out", "z", "a"],
        inputDrvs: new Map(deps.map(dep => [dep.drvPath, ["out"]])),
        inputSrcs: [src],
      },
    )
    assert.equal(made.drvPath, "/nix/store/cyd1gg4wd8kwqgram8n563cdscf4cd8p-afterfixed.drv")
    assert.deepEqual(Object.fromEntries(made.outputEnv), {
      out: "/nix/store/nyn6bypcwcb1b01hlv81j691pfal4xsk-afterfixed",
      z: "/nix/store/w05fcazh6rg1wgw6njrk0nxsjh161z9a-afterfixed-z",
      a: "/nix/store/h7sk94drbns3666mjmg54nkbgdfycxb4-afterfixed-a",
    })
    assert.equal(made.derivation.env.get("quote"), 'a"b\\c\nd\re\tf')
    const bytes = nix.make(
      "utf",
      { x: Buffer.from("é漢").toString("latin1") },
      { args: [Buffer.from("é").toString("latin1"), '"'] },
    )
    assert.equal(bytes.drvPath, "/nix/store/r5q5cadj7ymyl2xkzc85nnjdlfi7g077-utf.drv")
  })

  it("of floating content has placeholders, and defers what depends on it", () => {
    const nix = new Instantiator()
    const float = nix.make(
      "float",
      { outputHashAlgo: "sha256", outputHashMode: "recursive", outputs: "out dev" },
      { outputs: ["out", "dev"], addressing: { kind: "floating", method: "nar", algorithm: "sha256" } },
    )
    assert.equal(float.drvPath, "/nix/store/1syf7lx8xvirab1jy1nc4gx713s4rzba-float.drv")
    const deferred = nix.make(
      "deferred",
      { dep: "/1gi8fa6mff6nrwb764q80r7f75qbnjpd4krnhyg6dk2qay7xxgyi", outputs: "out lib" },
      { outputs: ["out", "lib"], inputDrvs: new Map([[float.drvPath, ["dev"]]]) },
    )
    assert.equal(deferred.drvPath, "/nix/store/yhd29vn9zvxb5xnbbjh9237qy342kzz6-deferred.drv")
    assert.equal(deferred.outputs.get("lib")?.kind, "deferred")
    const again = nix.make(
      "deferred2",
      { dep: "/0kc4wq16s3id288z1fc7n5mmy21c56glkk1rrsw5j8xy3vb4cx76" },
      { inputDrvs: new Map([[deferred.drvPath, ["out"]]]) },
    )
    assert.equal(again.drvPath, "/nix/store/591iyg877rvxdwlnl0fcf7ckbmh3ckfw-deferred2.drv")
    const promise = nix.make(
      "fixeddep",
      { x: "/11j9kba94lir0aa6bhjnz7vfs9gf6x9xnaqigznipj01v0zvf02z", outputHash: emptyHash },
      { inputDrvs: new Map([[float.drvPath, ["out"]]]), addressing: fixed("flat", emptyHash) },
    )
    assert.equal(promise.drvPath, "/nix/store/k8lx1mxq49s229r537dvgj928n61qg97-fixeddep.drv")
    assert.equal(promise.out, "/nix/store/fgcnijzd73y57yibcfj3a25z1flh6fy5-fixeddep")
  })

  it("that is impure has placeholders", () => {
    const made = new Instantiator().make(
      "imp",
      { outputHashAlgo: "sha256", outputHashMode: "recursive" },
      { addressing: { kind: "impure", method: "nar", algorithm: "sha256" } },
    )
    assert.equal(made.drvPath, "/nix/store/ipg5zcw5db6zvqpp6qs906x1ykkrlik8-imp.drv")
    assert.equal(made.outputs.get("out")?.kind, "impure")
  })

  it("may promise only one output", () => {
    const rest: Partial<Recipe> = { outputs: ["out", "dev"], addressing: fixed("flat", emptyHash) }
    assert.throws(() => new Instantiator().make("x", {}, rest), {
      name: "StoreError",
      message: "multiple outputs are not supported in fixed-output derivations",
    })
  })

  it("may need outputs of derivations that are yet to be built", () => {
    const nix = new Instantiator()
    const maker = nix.make(
      "maker.drv",
      { outputHashAlgo: "sha256", outputHashMode: "text" },
      { addressing: { kind: "floating", method: "text", algorithm: "sha256" } },
    )
    const made = {
      outputs: ["dev", "out"],
      dynamic: new Map([["dev", { outputs: ["lib"], dynamic: new Map() }]]),
    }
    const { derivation } = nix.make(
      "user",
      {},
      { dynamicInputs: new Map([[maker.drvPath, new Map([["out", made]])]]) },
    )
    assert.equal(
      printDerivation(derivation),
      `DrvWithVersion("xp-dyn-drv",[("out","","","")],[("${maker.drvPath}",([],[("out",(["dev","out"],[("dev",["lib"])]))]))],[],"s","b",[],[("builder","b"),("name","user"),("out",""),("system","s")])`,
    )
  })

  it("is refused when its text is cut or wrong", () => {
    const text = printDerivation(new Instantiator().make("n", { a: "b\\" }).derivation)
    for (let end = 0; end < text.length; end++)
      assert.throws(() => parseDerivation(text.slice(0, end), "n"), { name: "StoreError" })
    assert.throws(() => parseDerivation(text.replace("[(", "[["), "n"), { message: "expected string '('" })
  })
})
