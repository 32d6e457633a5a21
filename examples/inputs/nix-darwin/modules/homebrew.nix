# Homebrew: what it installs is written down here and handed to it as a Brewfile.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.homebrew;
  entry =
    what: extra:
    types.coercedTo types.str (name: { inherit name; }) (
      types.submodule {
        options = {
          name = mkOption {
            type = types.str;
            description = "The name of the ${what}.";
          };
        }
        // extra;
      }
    );
  optionalBool =
    description:
    mkOption {
      type = types.nullOr types.bool;
      default = null;
      inherit description;
    };
  arguments = lib.mkOption {
    type = types.nullOr (types.listOf types.str);
    default = null;
    description = "Arguments for the installation.";
  };
  greedy.greedy = optionalBool "Whether it is upgraded although it updates itself.";
  line =
    kind: e:
    let
      options = lib.filterAttrs (n: v: v != null && n != "name") e;
    in
    "${kind} ${builtins.toJSON e.name}${
      lib.concatStrings (lib.mapAttrsToList (k: v: ", ${k}: ${builtins.toJSON v}") options)
    }\n";
in
{
  options.homebrew = {
    enable = lib.mkEnableOption "the management of Homebrew";
    user = mkOption {
      type = types.str;
      default = config.system.primaryUser;
      defaultText = lib.literalExpression "config.system.primaryUser";
      description = "The user that owns Homebrew.";
    };
    prefix = mkOption {
      type = types.str;
      default = if pkgs.stdenv.hostPlatform.isAarch64 then "/opt/homebrew" else "/usr/local";
      defaultText = lib.literalExpression "/opt/homebrew on Apple silicon";
      description = "Where Homebrew is.";
    };
    onActivation = {
      autoUpdate = mkOption {
        type = types.bool;
        default = false;
        description = "Whether Homebrew updates itself at activation.";
      };
      upgrade = mkOption {
        type = types.bool;
        default = false;
        description = "Whether formulae and casks are upgraded at activation.";
      };
      cleanup = mkOption {
        type = types.enum [
          "none"
          "check"
          "uninstall"
          "zap"
        ];
        default = "none";
        description = "What happens to formulae and casks that are not listed.";
      };
    };
    taps = mkOption {
      type = types.listOf (entry "tap" { });
      default = [ ];
      description = "Repositories of formulae.";
    };
    brews = mkOption {
      type = types.listOf (entry "formula" { args = arguments; });
      default = [ ];
      example = [ "imagemagick" ];
      description = "Formulae that are installed.";
    };
    casks = mkOption {
      type = types.listOf (entry "cask" greedy);
      default = [ ];
      example = [ "firefox" ];
      description = "Applications that are installed.";
    };
    masApps = mkOption {
      type = types.attrsOf types.ints.positive;
      default = { };
      example = {
        Xcode = 497799835;
      };
      description = "Applications of the App Store, by name with their numbers.";
    };
    extraConfig = mkOption {
      type = types.lines;
      default = "";
      description = "Lines that are added to the Brewfile as they are.";
    };
    brewfile = mkOption {
      type = types.str;
      internal = true;
      readOnly = true;
      description = "The Brewfile that all of this makes.";
    };
  };
  config = {
    homebrew.brews = lib.optional (cfg.masApps != { }) "mas";
    homebrew.brewfile =
      lib.concatMapStrings (line "tap") cfg.taps
      + lib.concatMapStrings (line "brew") cfg.brews
      + lib.concatMapStrings (line "cask") cfg.casks
      + lib.concatStrings (lib.mapAttrsToList (n: id: "mas ${builtins.toJSON n}, id: ${toString id}\n") cfg.masApps)
      + cfg.extraConfig;
    assertions = [
      {
        assertion = cfg.enable -> config.system.primaryUser != null;
        message = "The `homebrew.*` options require `system.primaryUser` to be set, since Homebrew belongs to a user.";
      }
    ];
    system.activationScripts.homebrew.text = lib.mkIf cfg.enable ''
      PATH=${cfg.prefix}/bin:$PATH sudo --user=${cfg.user} ${
        lib.optionalString (!cfg.onActivation.autoUpdate) "HOMEBREW_NO_AUTO_UPDATE=1 "
      }brew bundle --file=${pkgs.writeText "Brewfile" cfg.brewfile}${
        lib.optionalString (!cfg.onActivation.upgrade) " --no-upgrade"
      }${
        lib.optionalString (cfg.onActivation.cleanup != "none") " --cleanup=${cfg.onActivation.cleanup}"
      }
    '';
  };
}
