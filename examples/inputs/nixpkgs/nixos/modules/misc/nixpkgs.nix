# Which packages a configuration uses: a platform, settings and overlays, out of which the module argument `pkgs` is made.
{ config, lib, options, ... }:
let
  inherit (import ../../lib/declare.nix lib) has maybe needs;
  inherit (lib) isAttrs isFunction types;
  inherit (types) attrs either listOf path str;
  cfg = config.nixpkgs;
  isGiven = name: options.nixpkgs.${name}.isDefined;

  # How several modules' settings become one, by name. What is not listed: sets merge deeply, of other values the last counts.
  together = {
    allowUnfreePackages = lib.concatLists;
    packageOverrides = overrides: pkgs: lib.foldl' (sum: override: sum // override pkgs) { } overrides;
    permittedInsecurePackages = lib.concatLists;
  };
  mergeAny = values: if lib.all isAttrs values then lib.foldl' lib.recursiveUpdate { } values else lib.last values;
  settings = types.mkOptionType {
    name = "nixpkgs-config";
    description = "settings of nixpkgs";
    descriptionClass = "noun";
    check = value: isAttrs value || isFunction value;
    merge =
      _: definitions:
      let
        values = lib.getValues definitions;
        mergeSets = lib.zipAttrsWith (name: together.${name} or mergeAny);
      in
      if lib.any isFunction values then
        args: mergeSets (map (value: lib.toFunction value args) values)
      else
        mergeSets values;
  };
  overlay = types.mkOptionType {
    name = "nixpkgs-overlay";
    description = "overlay";
    descriptionClass = "noun";
    check = isFunction;
    merge = lib.mergeOneOption;
  };
  platform = {
    apply = lib.systems.elaborate;
    example = "x86_64-linux";
  };
in
{
  options.nixpkgs = {
    pkgs = needs types.pkgs "Packages to use in place of those that the other options describe. Overlays still count.";
    config = has settings { } "Settings of the packages, such as which licenses are fine." // {
      example.allowUnfree = true;
    };
    overlays = has (listOf overlay) [ ] "Functions that change and add packages, in order.";
    hostPlatform = needs (either str attrs) "What the system runs on." // platform;
    buildPlatform = has (either str attrs) cfg.hostPlatform "What the system is built on." // platform;
    system = needs str "What the system runs on, as one said it before `hostPlatform`.";
    flake.source = maybe (either str path) "Where the packages came from, for the registry of flakes.";
  };

  config = {
    nixpkgs.hostPlatform = lib.mkIf (isGiven "system") (lib.mkOptionDefault cfg.system);
    _module.args.pkgs =
      if isGiven "pkgs" then
        cfg.pkgs.appendOverlays cfg.overlays
      else if isGiven "hostPlatform" then
        import ../../.. {
          localSystem = cfg.hostPlatform;
          inherit (cfg) config overlays;
        }
      else
        # An unset option would only say its own name.
        throw "Nobody says what this system runs on: set `nixpkgs.hostPlatform`, to \"x86_64-linux\" for example.";
    assertions = [
      {
        assertion = !(isGiven "pkgs") || cfg.config == { };
        message = "`nixpkgs.config` does nothing for packages that are given by `nixpkgs.pkgs`. It is set in ${lib.showFiles options.nixpkgs.config.files}.";
      }
    ];
  };
}
