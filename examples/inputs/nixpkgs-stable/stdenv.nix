# `mkDerivation` of the stable channel. As everywhere, what is unfree, broken or made for other platforms throws when its
# derivation is asked for, and only then.
{
  lib,
  config,
  system,
}:
let
  bootstrap = derivation {
    name = "bootstrap-tools-26.05";
    inherit system;
    builder = "/bin/sh";
    args = [ "-c" "mkdir -p $out/bin" ];
  };

  # What `meta` calls an objection, whether it stands, and how it is put.
  objections = meta: [
    {
      flag = "unfree";
      applies = !meta.license.free;
      allowed = config.allowUnfree;
      reason = "has an unfree license (‘${meta.license.shortName}’)";
    }
    {
      flag = "broken";
      applies = meta.broken;
      allowed = config.allowBroken;
      reason = "is marked as broken";
    }
    {
      flag = "unsupported";
      applies = !(builtins.elem system meta.platforms);
      allowed = config.allowUnsupportedSystem or false;
      reason = "is not available on ${system}";
    }
  ];

  package =
    overrideAttrs: attrs:
    let
      name = "${attrs.pname}-${attrs.version}";
      position = "${attrs.pos.file}:${toString attrs.pos.line}";
      all = objections attrs.meta;
      standing = builtins.filter (objection: objection.applies && !objection.allowed) all;
      guarded =
        value:
        if standing == [ ] then
          value
        else
          throw "Package ‘${name}’ in ${position} ${(builtins.head standing).reason}, refusing to evaluate.";
      built = derivation (
        removeAttrs attrs [ "meta" "passthru" "pos" ]
        // {
          inherit name system;
          builder = "${bootstrap}/bin/bash";
          args = [ "-c" "mkdir -p $out" ];
        }
      );
      result =
        built
        // {
          inherit overrideAttrs;
          drvPath = guarded built.drvPath;
          outPath = guarded built.outPath;
          out = result;
          meta =
            attrs.meta
            // {
              inherit name position;
              available = standing == [ ];
            }
            // builtins.listToAttrs (map ({ flag, applies, ... }: { name = flag; value = applies; }) all);
        }
        // attrs.passthru;
    in
    result;

  overridable =
    attrs: package (change: overridable (lib.changed attrs change)) attrs;
in
{
  hostPlatform = lib.platform system;
  inherit (lib.platform system) isDarwin isLinux;
  mkDerivation = overridable;
}
