// A session whose values are dropped between two questions, or that is cancelled (invariants 4 and 17): the next answer is right
// all the same.

import assert from "node:assert/strict"
import { test } from "mocha"
import { CancelFlag, Cancelled } from "../../../server/src/base/index.js"
import { type FleetFixture, inputsFolder, plainFleet } from "../../harness/fleet-fixture.js"

/** A flag that rises when it has been looked at so often. */
class Countdown extends CancelFlag {
  left = Number.POSITIVE_INFINITY

  override get raised(): boolean {
    return --this.left < 0
  }
}

// So many calls that the flag is looked at while each of them is evaluated.
const slow = "(builtins.foldl' (n: _: n + 1) 0 (builtins.genList (n: n) 60000))"

test("values that are dropped between hosts change no answer", () => {
  const source = `
#- /modules/base.nix
{ config, ... }: { greeting = "I am \${config.name}"; tags = [ (throw "no tag") ]; }
#- /hosts/beta.nix
{ name = "beta"; port = undefinedName; }
#- /hosts/gamma.nix
{ name = "gamma"; port = true; }
`
  let emptied = 0
  const memory = { isCrowded: () => true, megabytes: () => 0, clear: () => {}, empty: () => emptied++ }
  const [roomy, crowded] = [plainFleet(source), plainFleet(source, undefined, { memory })]
  for (const path of ["port", "greeting", "tags", "absent"])
    assert.deepEqual(crowded.option(path), roomy.option(path), path)
  assert.ok(emptied > 9, `${emptied} times: three hosts and four options need more`)
  assert.deepEqual(crowded.check(), roomy.check())
  assert.deepEqual(crowded.session.answer({ kind: "load" }), roomy.session.answer({ kind: "load" }))
})

test("values go as soon as a file changes, before anybody asks", () => {
  let cleared = 0
  const memory = { isCrowded: () => false, megabytes: () => 0, clear: () => cleared++, empty: () => {} }
  const fleet = plainFleet("#- /modules/base.nix\n{ port = 80; }", undefined, { memory })
  fleet.option("port")
  const before = cleared
  fleet.type("/modules/base.nix", "{ port = 81; }")
  assert.equal(cleared, before + 1)
})

test("values that were dropped are not used again, also when evaluating anew is cancelled", () => {
  const flag = new Countdown()
  let crowded = false
  const memory = { isCrowded: () => crowded, megabytes: () => 0, clear: () => {}, empty: () => {} }
  // So many calls that the flag is looked at before the hosts are listed.
  const source = `
#- /flake.nix
{
  inputs.nixpkgs.url = "path:${inputsFolder}/nixpkgs";
  outputs = { nixpkgs, ... }: {
    nixosConfigurations = nixpkgs.lib.genAttrs [ (if (builtins.foldl' (n: _: n - 1) 20000 (builtins.genList (n: n) 20000)) == 0 then "beta" else "?") ] (name: nixpkgs.lib.evalModules {
      modules = [ ./options.nix { inherit name; } ];
    });
  };
}
`
  const fleet = plainFleet(source, flag, { memory })
  assert.equal(fleet.values("name").beta, '"beta"')
  const { ev } = fleet.session.fleet()
  crowded = true
  flag.left = 0
  assert.throws(() => fleet.option("name"), Cancelled)
  crowded = false
  flag.left = Number.POSITIVE_INFINITY
  assert.notEqual(fleet.session.fleet().ev, ev)
  assert.equal(fleet.values("name").beta, '"beta"')
})

test("what a build needs is found again when the values of the host that wants it have gone", () => {
  const source = `
#- /hosts/beta.nix
{ name = "beta"; greeting = builtins.readFile (derivation {
  name = "words"; system = "x86_64-linux"; builder = "/bin/sh";
}); }
`
  const memory = { isCrowded: () => true, megabytes: () => 0, clear: () => {}, empty: () => {} }
  const fleet = plainFleet(source, undefined, { memory })
  const [finding] = fleet.check()
  assert.equal(finding.message, "needs a build of 'words'")
  assert.equal(finding.fix?.kind, "build")
  const { derivation } = finding.fix as { derivation: string }
  const wanted = fleet.session.wantedBuild(derivation)
  assert.equal(wanted?.output, "out")
  assert.match(wanted?.outPath ?? "", /-words$/)
  assert.equal(fleet.session.wantedBuild(derivation.replace("words", "other")), undefined)
})

test("a check that is interrupted again and again comes to its end, although the values are dropped each time", () => {
  const source = `
#- /hosts/beta.nix
{ name = "beta \${toString ${slow}}"; port = ${slow}; greeting = undefinedName; tags = [ ${slow} ]; }
`
  const flag = new Countdown()
  const memory = { isCrowded: () => true, megabytes: () => 0, clear: () => {}, empty: () => {} }
  const fleet = plainFleet(source, flag, { memory })
  const many = 1_000_000
  flag.left = many
  const wanted = fleet.check()
  const looks = many - flag.left
  assert.ok(looks > 3, `${looks} looks`)
  fleet.type("/unused.nix", "{ }")
  let interruptions = 0
  const check = (): ReturnType<typeof fleet.check> => {
    flag.left = Math.floor(looks / 2)
    try {
      return fleet.check()
    } catch (error) {
      assert.ok(error instanceof Cancelled && ++interruptions < looks, String(error))
      return check()
    }
  }
  assert.deepEqual(check(), wanted)
  assert.ok(interruptions > 0)
})

test("the room that was made for a host is its own until its check is done", () => {
  const flag = new Countdown()
  const room = new Set<number>()
  const memory = {
    isCrowded(ahead: number) {
      room.add(ahead)
      return false
    },
    megabytes: () => 0,
    clear: () => {},
    empty: () => {},
  }
  const roomFor = (ask: () => void) => {
    room.clear()
    ask()
    return [...room]
  }
  const fleet = plainFleet(`#- /hosts/beta.nix\n{ name = "beta"; port = ${slow}; }`, flag, { memory })
  fleet.session.answer({ kind: "load" })
  flag.left = 1
  const [forCheck] = roomFor(() => assert.throws(() => fleet.check(), Cancelled))
  flag.left = Number.POSITIVE_INFINITY
  assert.ok(forCheck > 0)
  const [beside] = roomFor(() => fleet.option("greeting"))
  assert.ok(-forCheck <= beside && beside < 0)
  const [forTheRest] = roomFor(() => fleet.check())
  assert.equal(forTheRest, 0)
  assert.deepEqual(
    roomFor(() => fleet.option("name")),
    [0],
  )
})

test("a home needs less room than a machine", () => {
  const room: number[] = []
  const memory = {
    isCrowded: (ahead: number) => room.push(ahead) < 0,
    megabytes: () => 0,
    clear: () => {},
    empty: () => {},
  }
  const source = `
#- /flake.nix
{
  inputs.nixpkgs.url = "path:${inputsFolder}/nixpkgs";
  outputs = { nixpkgs, ... }: let host = { name, ... }: nixpkgs.lib.evalModules {
    modules = [ ./options.nix { inherit name; } ];
  }; in {
    nixosConfigurations.beta = host { name = "beta"; };
    homeConfigurations.gamma = host { name = "gamma"; };
  };
}
`
  plainFleet(source, undefined, { memory }).check()
  assert.ok(
    [600, -150].every(ahead => room.includes(ahead)),
    `${room}`,
  )
})

test("what took much on one host is expected of the next, and what took little is not", () => {
  let taken = 0
  let each = 10
  const room: number[] = []
  const memory = {
    isCrowded: (ahead: number) => room.push(ahead) < 0,
    megabytes: () => (taken += each),
    clear: () => {},
    empty: () => {},
  }
  const fleet = plainFleet(
    `#- /hosts/beta.nix\n{ name = "beta"; }\n#- /hosts/gamma.nix\n{ name = "gamma"; }`,
    undefined,
    { memory },
  )
  fleet.option("name")
  assert.ok(room.length > 1 && room.every(ahead => ahead === 0), `${room}`)
  each = 800
  fleet.option("name")
  assert.ok((room.at(-1) ?? 0) > 800, `${room}`)
})

test("a question that is cancelled at any moment leaves the next answer right", () => {
  const source = `
#- /flake.nix
{
  inputs.nixpkgs.url = "path:${inputsFolder}/nixpkgs";
  outputs = { nixpkgs, ... }: {
    nixosConfigurations = nixpkgs.lib.genAttrs [ "alpha" "beta" ] (name: nixpkgs.lib.nixosSystem {
      modules = [ ./base.nix { networking.hostName = name; } ];
    });
  };
}
#- /base.nix
{ pkgs, ... }:
{
  nixpkgs.hostPlatform = "x86_64-linux";
  services.openssh.enable = true;
  environment.systemPackages = [ pkgs.git ];
}
`
  const answers = ({ session }: FleetFixture) => [
    session.answer({ kind: "load" }),
    session.answer({ kind: "option", path: "environment.systemPackages" }),
    session.answer({ kind: "check" }),
  ]
  const wanted = answers(plainFleet(source))
  const flag = new Countdown()
  const fleet = plainFleet(source, flag)
  for (const looks of [0, 1, 3, 4]) {
    fleet.type("/unused.nix", `{ look = ${looks}; }`)
    flag.left = looks
    assert.throws(() => answers(fleet), Cancelled, `look ${looks}`)
    flag.left = Number.POSITIVE_INFINITY
    assert.deepEqual(answers(fleet), wanted, `cancelled at look ${looks}`)
  }
})
