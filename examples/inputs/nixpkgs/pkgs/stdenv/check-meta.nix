# Whether a package may be used. One that is unfree, broken, insecure or made for other platforms throws when its derivation is
# asked for, and says how to allow it; `meta` can always be asked, so tools may look before they leap.
{
  config,
  hostPlatform,
  lib,
}:
let
  isMeant = lib.any (lib.meta.platformMatch hostPlatform);
  byEnvironment = variable: builtins.getEnv variable == "1";

  # What may speak against a package, in the order in which it is looked at: `flag` is what `meta` calls it, `allowed` whether
  # this fleet accepts it, `option` how it would.
  objections = title: attrs: meta: [
    {
      flag = "unfree";
      applies = lib.any (license: !(license.free or true)) (lib.toList (meta.license or [ ]));
      allowed =
        config.allowUnfree
        || byEnvironment "NIXPKGS_ALLOW_UNFREE"
        || lib.elem (lib.getName attrs) config.allowUnfreePackages
        || (config.allowUnfreePredicate or (_: false)) attrs;
      reason = "has an unfree license (‘${
        lib.concatMapStringsSep " " (license: license.shortName or license.fullName) (lib.toList meta.license)
      }’)";
      option = "allowUnfree = true";
    }
    {
      flag = "broken";
      applies = meta.broken or false;
      allowed = config.allowBroken || byEnvironment "NIXPKGS_ALLOW_BROKEN";
      reason = "is marked as broken";
      option = "allowBroken = true";
    }
    {
      flag = "unsupported";
      applies = meta ? platforms && !isMeant meta.platforms || isMeant (meta.badPlatforms or [ ]);
      allowed = config.allowUnsupportedSystem || byEnvironment "NIXPKGS_ALLOW_UNSUPPORTED_SYSTEM";
      reason = "is not available on ${hostPlatform.system}";
      option = "allowUnsupportedSystem = true";
    }
    {
      flag = "insecure";
      applies = meta.knownVulnerabilities or [ ] != [ ];
      allowed =
        byEnvironment "NIXPKGS_ALLOW_INSECURE"
        || (config.allowInsecurePredicate or (_: lib.elem title config.permittedInsecurePackages)) attrs;
      reason = "is marked as insecure (${lib.concatStringsSep "; " meta.knownVulnerabilities})";
      option = "permittedInsecurePackages = [ \"${title}\" ]";
    }
  ];
in
{
  # The package's whole `meta`, and `allowed`: true, or an error that says what speaks against it.
  describe =
    title: place: attrs:
    let
      given = attrs.meta or { };
      all = objections title attrs given;
      standing = lib.filter (objection: objection.applies && !objection.allowed) all;
      objection = lib.head standing;
      position = if place == null then null else "${place.file}:${toString place.line}";
      message =
        "Package ‘${title}’ in ${if position == null then "an unknown file" else position} ${objection.reason}, refusing to evaluate.\n"
        + "To use it nevertheless, set `nixpkgs.config.${objection.option};`.";
    in
    {
      allowed = standing == [ ] || (config.handleEvalIssue or (_: throw)) objection.flag message;
      meta = {
        name = title;
        maintainers = [ ];
        outputsToInstall = [ (if lib.elem "bin" (attrs.outputs or [ ]) then "bin" else "out") ];
      }
      // given
      // lib.listToAttrs (map (objection: lib.nameValuePair objection.flag objection.applies) all)
      // { available = standing == [ ]; }
      // lib.optionalAttrs (position != null) { inherit position; };
    };
}
