# As much library as a set of packages needs, under the names of the full one.
rec {
  trivial.release = "26.05";
  version = "26.05-canopy";
  inherit (builtins) isFunction;

  fix =
    f:
    let
      self = f self;
    in
    self;
  extends =
    overlay: f: final:
    let
      prev = f final;
    in
    prev // overlay final prev;
  composeExtensions =
    first: second: final: prev:
    let
      below = first final prev;
    in
    below // second final (prev // below);
  composeManyExtensions = builtins.foldl' composeExtensions (_: _: { });
  toExtension =
    ext:
    if builtins.isFunction ext then
      final: prev:
      let
        once = ext prev;
      in
      if builtins.isFunction once then ext final prev else once
    else
      _: _: ext;

  genAttrs = names: f: builtins.listToAttrs (map (name: { inherit name; value = f name; }) names);
  filterAttrs = keep: set: removeAttrs set (builtins.filter (n: !keep n set.${n}) (builtins.attrNames set));
  optionalAttrs = condition: set: if condition then set else { };
  optionals = condition: list: if condition then list else [ ];
  optionalString = condition: text: if condition then text else "";
  isDerivation = v: v.type or null == "derivation";
  getName = pkg: if builtins.isString pkg then (builtins.parseDrvName pkg).name else pkg.pname or (getName pkg.name);
  getVersion = pkg: pkg.version or (builtins.parseDrvName pkg.name).version;
  versionOlder = a: b: builtins.compareVersions b a == 1;
  versionAtLeast = a: b: !versionOlder a b;

  makeOverridable =
    f: args:
    let
      result = f args;
    in
    result
    // {
      override = new: makeOverridable f (args // (if builtins.isFunction new then new args else new));
    }
    // optionalAttrs (result ? overrideAttrs) {
      overrideAttrs = change: makeOverridable (a: (f a).overrideAttrs change) args;
    };
  callPackageWith =
    autoArgs: fn: args:
    let
      f = if builtins.isFunction fn then fn else import fn;
    in
    makeOverridable f (builtins.intersectAttrs (builtins.functionArgs f) autoArgs // args);

  licenses = builtins.mapAttrs (shortName: l: { inherit shortName; free = true; } // l) {
    artistic2.spdxId = "Artistic-2.0";
    asl20.spdxId = "Apache-2.0";
    bsd2.spdxId = "BSD-2-Clause";
    bsd3.spdxId = "BSD-3-Clause";
    bsl11 = {
      spdxId = "BUSL-1.1";
      free = false;
    };
    cc0.spdxId = "CC0-1.0";
    curl.spdxId = "curl";
    gpl2Only.spdxId = "GPL-2.0-only";
    gpl2Plus.spdxId = "GPL-2.0-or-later";
    gpl3Only.spdxId = "GPL-3.0-only";
    gpl3Plus.spdxId = "GPL-3.0-or-later";
    isc.spdxId = "ISC";
    lgpl21Plus.spdxId = "LGPL-2.1-or-later";
    mit.spdxId = "MIT";
    mpl20.spdxId = "MPL-2.0";
    postgresql.spdxId = "PostgreSQL";
    psfl.spdxId = "PSF-2.0";
    unfree.free = false;
    vim.spdxId = "Vim";
    zlib.spdxId = "Zlib";
  };

  platforms = rec {
    linux = [
      "x86_64-linux"
      "aarch64-linux"
    ];
    darwin = [
      "x86_64-darwin"
      "aarch64-darwin"
    ];
    unix = linux ++ darwin;
    all = unix;
  };

  systems.elaborate =
    given:
    let
      system = given.system or given;
      parts = builtins.match "([^-]+)-([^-]+)" system;
      cpu = builtins.head parts;
      kernel = builtins.elemAt parts 1;
    in
    if given ? isLinux then
      given
    else
      {
        inherit system;
        parsed = {
          cpu.name = cpu;
          kernel.name = kernel;
        };
        isLinux = kernel == "linux";
        isDarwin = kernel == "darwin";
        isAarch64 = cpu == "aarch64";
        isx86_64 = cpu == "x86_64";
        is64bit = true;
      };
}
