# As much library as a table of packages needs: fixed points, overriding, licenses and platforms.
rec {
  version = "26.05-canopy";

  fix =
    make:
    let
      result = make result;
    in
    result;
  # A layer gets the finished set and what is below it.
  extends =
    layer: below: final:
    let
      prev = below final;
    in
    prev // layer final prev;

  toFunction = value: if builtins.isFunction value then value else _: value;
  # What a caller changes: a set, or a function of what there is.
  changed = old: change: old // toFunction change old;

  # The result of a function of a set, which can be had again with other arguments, or with other attributes.
  overridable =
    make: args:
    let
      result = make args;
    in
    result
    // {
      override = change: overridable make (changed args change);
      overrideAttrs = change: overridable (args: (make args).overrideAttrs change) args;
    };

  platform =
    system:
    let
      parts = builtins.match "([^-]+)-([^-]+)" system;
      cpu = builtins.head parts;
      kernel = builtins.elemAt parts 1;
    in
    {
      inherit system;
      parsed.cpu.name = cpu;
      parsed.kernel.name = kernel;
      isAarch64 = cpu == "aarch64";
      isx86_64 = cpu == "x86_64";
      isDarwin = kernel == "darwin";
      isLinux = kernel == "linux";
    };
  platforms = rec {
    darwin = [ "aarch64-darwin" "x86_64-darwin" ];
    linux = [ "aarch64-linux" "x86_64-linux" ];
    unix = darwin ++ linux;
  };

  licenses = builtins.mapAttrs (shortName: spdxId: { inherit shortName spdxId; free = true; }) {
    asl20 = "Apache-2.0";
    bsd2 = "BSD-2-Clause";
    bsd3 = "BSD-3-Clause";
    cc0 = "CC0-1.0";
    curl = "curl";
    gpl2Only = "GPL-2.0-only";
    gpl2Plus = "GPL-2.0-or-later";
    gpl3Plus = "GPL-3.0-or-later";
    isc = "ISC";
    lgpl21Plus = "LGPL-2.1-or-later";
    mit = "MIT";
    mpl20 = "MPL-2.0";
    postgresql = "PostgreSQL";
    psfl = "PSF-2.0";
    vim = "Vim";
    zlib = "Zlib";
  }
  // {
    bsl11 = { shortName = "bsl11"; spdxId = "BUSL-1.1"; free = false; };
    unfree = { shortName = "unfree"; free = false; };
  };
}
