# Which packages the configuration uses: the platform, overlays and configuration that make the module argument `pkgs`.
{
  config,
  lib,
  options,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.nixpkgs;
  opt = options.nixpkgs;
  overlayType = types.mkOptionType {
    name = "nixpkgs-overlay";
    description = "nixpkgs overlay";
    descriptionClass = "noun";
    check = lib.isFunction;
    merge = lib.mergeOneOption;
  };
  configType = types.mkOptionType {
    name = "nixpkgs-config";
    description = "nixpkgs config";
    descriptionClass = "noun";
    check = v: builtins.isAttrs v || lib.isFunction v;
    merge =
      loc: defs:
      if lib.length defs == 1 then
        (lib.head defs).value
      else
        lib.foldl' lib.recursiveUpdate { } (lib.getValues defs);
  };
in
{
  options.nixpkgs = {
    pkgs = mkOption {
      type = types.pkgs;
      defaultText = lib.literalExpression "import config.nixpkgs.source { inherit (config.nixpkgs) config overlays hostPlatform; }";
      description = "The package set to use instead of the one that the other options describe; overlays still apply to it.";
    };
    config = mkOption {
      type = configType;
      default = { };
      example = {
        allowUnfree = true;
      };
      description = "The configuration of the package set, such as which licenses are allowed.";
    };
    overlays = mkOption {
      type = types.listOf overlayType;
      default = [ ];
      description = "Functions that change and add packages, applied in this order.";
    };
    hostPlatform = mkOption {
      type = types.either types.str types.attrs;
      apply = lib.systems.elaborate;
      example = "aarch64-darwin";
      description = "The platform that the system runs on.";
    };
    system = mkOption {
      type = types.str;
      description = "The old way to name the platform; set {option}`nixpkgs.hostPlatform` instead.";
    };
    source = mkOption {
      type = types.path;
      description = "The package collection that the package set is imported from.";
    };
  };
  config = {
    nixpkgs.hostPlatform = lib.mkIf opt.system.isDefined (lib.mkOptionDefault cfg.system);
    _module.args.pkgs =
      if opt.pkgs.isDefined then
        cfg.pkgs.appendOverlays cfg.overlays
      else if opt.hostPlatform.isDefined then
        import cfg.source {
          inherit (cfg) config overlays;
          localSystem = cfg.hostPlatform;
        }
      else
        throw "Neither `nixpkgs.hostPlatform` nor the legacy option `nixpkgs.system` has been set; set, for example, `nixpkgs.hostPlatform = \"aarch64-darwin\";`.";
    assertions = [
      {
        assertion = opt.hostPlatform.isDefined -> cfg.hostPlatform.isDarwin;
        message = "nixpkgs.hostPlatform is ${cfg.hostPlatform.system or "?"}, which is not a Mac.";
      }
    ];
  };
}
