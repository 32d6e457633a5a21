# Whether a package may be evaluated: broken, unfree, unsupported or insecure packages throw when their derivation is asked
# for, with a text that says how to allow them. Asking for `meta` alone never throws, so tools can look before they leap.
{
  lib,
  config,
  hostPlatform,
}:
let
  inherit (builtins) getEnv;
  nameOf = attrs: attrs.name or "${attrs.pname or "«name-missing»"}-${attrs.version or "«version-missing»"}";
  matches = lib.any (lib.meta.platformMatch hostPlatform);
  licensesOf = attrs: lib.toList (attrs.meta.license or [ ]);

  isBroken = attrs: attrs.meta.broken or false;
  isUnfree = attrs: lib.any (l: !(l.free or true)) (licensesOf attrs);
  isInsecure = attrs: (attrs.meta.knownVulnerabilities or [ ]) != [ ];
  isUnsupported =
    attrs:
    (attrs ? meta.platforms && !matches attrs.meta.platforms) || matches (attrs.meta.badPlatforms or [ ]);

  allows = option: variable: config.${option} || getEnv variable == "1";
  unfreePredicate =
    let
      given = config.allowUnfreePredicate or null;
    in
    attrs:
    lib.elem (lib.getName attrs) config.allowUnfreePackages || (lib.isFunction given && given attrs);
  insecurePredicate = config.allowInsecurePredicate or (
    attrs: lib.elem (nameOf attrs) config.permittedInsecurePackages
  );

  environmentNote = ''
    Note: When using `nix shell`, `nix build`, `nix develop`, etc with a flake,
          then pass `--impure` in order to allow use of environment variables.'';
  allowing = what: option: variable: ''
    a) To temporarily allow ${what}, you can use an environment variable
       for a single invocation of the nix tools.

         $ export ${variable}=1

       ${lib.replaceStrings [ "\n" ] [ "\n   " ] environmentNote}

    b) For `nixos-rebuild` you can set
      { nixpkgs.config.${option} = true; }
    in configuration.nix to override this.

    c) For `nix-env`, `nix-build`, `nix-shell` or any other Nix command you can add
      { ${option} = true; }
    to ~/.config/nixpkgs/config.nix.
  '';
  predicateHelp = attrs: ''

    Alternatively you can configure a predicate to allow specific packages:
      { nixpkgs.config.allowUnfreePredicate = pkg: builtins.elem (lib.getName pkg) [
          "${lib.getName attrs}"
        ];
      }
  '';
  insecureHelp = attrs: ''

    Known issues:
    ${lib.concatMapStrings (issue: " - ${issue}\n") attrs.meta.knownVulnerabilities}
    You can install it anyway by allowing this package, using the
    following methods:

    a) To temporarily allow all insecure packages, you can use an environment
       variable for a single invocation of the nix tools:

         $ export NIXPKGS_ALLOW_INSECURE=1

    b) for `nixos-rebuild` you can add ‘${nameOf attrs}’ to
       `nixpkgs.config.permittedInsecurePackages` in the configuration.nix,
       like so:

         {
           nixpkgs.config.permittedInsecurePackages = [
             "${nameOf attrs}"
           ];
         }
  '';
  show = lib.generators.toPretty { indent = "  "; };

  # The first thing that speaks against the package, or null. The order is the order of the checks.
  problemOf =
    attrs:
    if isUnfree attrs && !allows "allowUnfree" "NIXPKGS_ALLOW_UNFREE" && !unfreePredicate attrs then
      {
        reason = "unfree";
        message = "has an unfree license (‘${toString (map (l: l.shortName or l.fullName) (licensesOf attrs))}’)";
        help = allowing "unfree packages" "allowUnfree" "NIXPKGS_ALLOW_UNFREE" + predicateHelp attrs;
      }
    else if isBroken attrs && !allows "allowBroken" "NIXPKGS_ALLOW_BROKEN" then
      {
        reason = "broken";
        message = "is marked as broken";
        help = allowing "broken packages" "allowBroken" "NIXPKGS_ALLOW_BROKEN";
      }
    else if isUnsupported attrs && !allows "allowUnsupportedSystem" "NIXPKGS_ALLOW_UNSUPPORTED_SYSTEM" then
      {
        reason = "unsupported";
        message = ''
          is not available on the requested hostPlatform:
            hostPlatform.system = "${hostPlatform.system}"
            package.meta.platforms = ${show (attrs.meta.platforms or [ ])}
            package.meta.badPlatforms = ${show (attrs.meta.badPlatforms or [ ])}
        '';
        help = allowing "packages that are unsupported for this system" "allowUnsupportedSystem"
          "NIXPKGS_ALLOW_UNSUPPORTED_SYSTEM";
      }
    else if isInsecure attrs && getEnv "NIXPKGS_ALLOW_INSECURE" != "1" && !insecurePredicate attrs then
      {
        reason = "insecure";
        message = "is marked as insecure";
        help = insecureHelp attrs;
      }
    else
      null;
in
{
  # `valid` is "yes" or "no"; forcing `handled` throws for a "no", unless the configuration brings its own handler.
  validityOf =
    { attrs, meta }:
    let
      problem = problemOf attrs;
      text = "Package ‘${nameOf attrs}’ in ${
        meta.position or "«unknown-file»"
      } ${problem.message}, refusing to evaluate.\n\n${problem.help}";
    in
    if problem == null then
      {
        valid = "yes";
        handled = true;
      }
    else
      {
        valid = "no";
        inherit (problem) reason;
        handled =
          if config ? handleEvalIssue then config.handleEvalIssue problem.reason text else throw text;
      };

  fullMeta =
    {
      attrs,
      validity,
      pos,
    }:
    let
      outputs = attrs.outputs or [ "out" ];
    in
    {
      name = nameOf attrs;
      outputsToInstall = [ (if lib.elem "bin" outputs then "bin" else lib.head outputs) ];
    }
    // attrs.meta or { }
    // {
      maintainers = attrs.meta.maintainers or [ ];
      available = validity.valid != "no";
      broken = isBroken attrs;
      unfree = isUnfree attrs;
      unsupported = isUnsupported attrs;
      insecure = isInsecure attrs;
    }
    // lib.optionalAttrs (pos != null) { position = "${pos.file}:${toString pos.line}"; };
}
