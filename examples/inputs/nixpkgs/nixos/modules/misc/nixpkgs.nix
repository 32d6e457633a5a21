# Which packages a configuration uses: the platform, overlays and configuration that make the module argument `pkgs`.
{
  config,
  options,
  lib,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.nixpkgs;
  opt = options.nixpkgs;

  # Sets merge deeply, other values must agree; predicates are functions and the last one wins.
  configType = types.mkOptionType {
    name = "nixpkgs-config";
    description = "nixpkgs config";
    descriptionClass = "noun";
    check = v: builtins.isAttrs v || lib.isFunction v;
    merge =
      _: defs:
      let
        sets = map (def: def.value) defs;
      in
      if lib.any lib.isFunction sets then
        args: lib.foldl' lib.recursiveUpdate { } (map (s: if lib.isFunction s then s args else s) sets)
      else
        lib.zipAttrsWith (
          name: values:
          if name == "permittedInsecurePackages" || name == "allowUnfreePackages" then
            lib.concatLists values
          else if name == "packageOverrides" then
            pkgs: lib.foldl' (acc: f: acc // f pkgs) { } values
          else if lib.all builtins.isAttrs values then
            lib.foldl' lib.recursiveUpdate { } values
          else
            lib.last values
        ) sets;
  };
  overlayType = types.mkOptionType {
    name = "nixpkgs-overlay";
    description = "nixpkgs overlay";
    descriptionClass = "noun";
    check = lib.isFunction;
    merge = lib.mergeOneOption;
  };

  finalPkgs =
    if opt.pkgs.isDefined then
      cfg.pkgs.appendOverlays cfg.overlays
    else
      import ../../.. {
        inherit (cfg) config overlays;
        localSystem = cfg.hostPlatform;
      };
in
{
  options.nixpkgs = {
    pkgs = mkOption {
      type = types.pkgs;
      defaultText = lib.literalExpression "import ../../.. { inherit (config.nixpkgs) config overlays hostPlatform; }";
      example = lib.literalExpression "import <nixpkgs> { }";
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
      example = lib.literalExpression "[ (final: prev: { openssh = prev.openssh.override { }; }) ]";
      description = "Functions that change and add packages, applied in this order.";
    };
    hostPlatform = mkOption {
      type = types.either types.str types.attrs;
      apply = lib.systems.elaborate;
      example = "x86_64-linux";
      defaultText = lib.literalExpression "config.nixpkgs.system";
      description = "The platform that the system runs on.";
    };
    buildPlatform = mkOption {
      type = types.either types.str types.attrs;
      default = cfg.hostPlatform;
      defaultText = lib.literalExpression "config.nixpkgs.hostPlatform";
      apply = lib.systems.elaborate;
      description = "The platform that the system is built on.";
    };
    system = mkOption {
      type = types.str;
      example = "i686-linux";
      description = "The old way to name the platform; set {option}`nixpkgs.hostPlatform` instead.";
    };
    flake.source = mkOption {
      type = types.nullOr (types.either types.str types.path);
      default = null;
      description = "The source that this package collection came from, for the registry and `NIX_PATH`.";
    };
  };

  config = {
    nixpkgs.hostPlatform = lib.mkIf opt.system.isDefined (lib.mkOptionDefault cfg.system);
    _module.args.pkgs =
      # Said here, since an unset option would only say its own name.
      if opt.pkgs.isDefined || opt.hostPlatform.isDefined then
        finalPkgs
      else
        throw ''
          Neither `nixpkgs.hostPlatform` nor the legacy option `nixpkgs.system` has been set.
          The system to build for is unknown; set, for example, `nixpkgs.hostPlatform = "x86_64-linux";`.
        '';
    assertions = [
      {
        assertion = opt.pkgs.isDefined -> cfg.config == { };
        message = ''
          Your system configures nixpkgs with an externally created instance.
          `nixpkgs.config` options should be passed when creating the instance instead.

          Current value:
          ${lib.generators.toPretty { multiline = true; } cfg.config}

          Defined in:
          ${lib.concatMapStringsSep "\n" (file: "  - ${file}") opt.config.files}
        '';
      }
    ];
  };
}
