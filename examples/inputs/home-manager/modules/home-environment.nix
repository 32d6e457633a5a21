# The home itself: whose it is, its packages and variables, and the derivation that activates it.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.home;
  sorted = lib.hm.dag.topoSort cfg.activation;
  steps =
    if sorted ? result then
      sorted.result
    else
      abort "Dependency cycle in activation script: ${builtins.toJSON sorted.cycle}";
  activationScript = pkgs.writeShellScript "activation-script" (
    "set -eu\ncd $HOME\n"
    + lib.concatMapStrings (s: "# ${s.name}\n${s.data}\n") steps
  );
in
{
  options.home = {
    username = mkOption {
      type = types.str;
      example = "jane.doe";
      description = "The name of the user.";
    };
    homeDirectory = mkOption {
      type = types.path;
      example = "/home/jane.doe";
      apply = toString;
      description = "The home directory of the user.";
    };
    profileDirectory = mkOption {
      type = types.path;
      internal = true;
      readOnly = true;
      default =
        if config.submoduleSupport.externalPackageInstall then
          "/etc/profiles/per-user/${cfg.username}"
        else
          "${cfg.homeDirectory}/.nix-profile";
      defaultText = lib.literalExpression "the profile of the user";
      description = "Where the packages of the home are.";
    };
    language = mkOption {
      type = types.submodule { freeformType = types.attrsOf types.str; };
      default = { };
      example = {
        base = "en_GB.UTF-8";
      };
      description = "Languages of the user; `base` is that of everything else.";
    };
    keyboard = mkOption {
      type = types.nullOr (types.submodule {
        options.layout = mkOption {
          type = types.nullOr types.str;
          default = null;
          description = "The layout of the keyboard.";
        };
      });
      default = null;
      description = "The keyboard of the user; null leaves it as it is.";
    };
    sessionVariables = mkOption {
      type = types.lazyAttrsOf (
        types.oneOf [
          types.str
          types.path
          types.int
          types.float
          types.bool
        ]
      );
      default = { };
      example = {
        EDITOR = "emacs";
      };
      description = "Variables that are set at login.";
    };
    sessionPath = mkOption {
      type = types.listOf types.str;
      default = [ ];
      example = [ "$HOME/.local/bin" ];
      description = "Directories that are added to `PATH`.";
    };
    shellAliases = mkOption {
      type = types.attrsOf types.str;
      default = { };
      description = "Aliases in all shells of the home.";
    };
    packages = mkOption {
      type = types.listOf types.package;
      default = [ ];
      description = "Packages of the home.";
    };
    extraOutputsToInstall = mkOption {
      type = types.listOf types.str;
      default = [ ];
      description = "Further outputs of the packages, such as `doc`.";
    };
    path = mkOption {
      type = types.package;
      internal = true;
      description = "The environment of all packages of the home.";
    };
    activation = mkOption {
      type = lib.hm.types.dagOf types.str;
      default = { };
      example = lib.literalExpression ''{ myStep = lib.hm.dag.entryAfter [ "writeBoundary" ] "run ln -s a b"; }'';
      description = "Shell snippets that run at activation; what changes the home comes after `writeBoundary`.";
    };
    activationPackage = mkOption {
      type = types.package;
      internal = true;
      description = "The derivation that activates the home.";
    };
    preferXdgDirectories = lib.mkEnableOption "directories for configuration rather than files in the home";
  };

  config = {
    assertions = [
      {
        assertion = cfg.username != "";
        message = "Username could not be determined";
      }
      {
        assertion = cfg.homeDirectory != "";
        message = "Home directory could not be determined";
      }
    ];
    warnings = lib.optional (
      cfg.enableNixpkgsReleaseCheck && lib.trivial.release != cfg.version.release
    ) "You are using Home Manager version ${cfg.version.release} and Nixpkgs version ${lib.trivial.release}.";
    home.username = lib.mkIf (lib.versionOlder cfg.stateVersion "20.09") (
      lib.mkDefault (builtins.getEnv "USER")
    );
    home.sessionVariables = lib.mkIf (cfg.language ? base) { LANG = cfg.language.base; };
    home.file.".hm-session-vars.sh".text =
      lib.hm.shell.exportAll cfg.sessionVariables
      + lib.optionalString (cfg.sessionPath != [ ]) "\nexport PATH=\"${lib.concatStringsSep ":" cfg.sessionPath}:$PATH\"";
    home.path = pkgs.buildEnv {
      name = "home-manager-path";
      paths = cfg.packages;
      inherit (cfg) extraOutputsToInstall;
      meta.description = "Environment of packages installed through home-manager";
    };
    home.activation = {
      writeBoundary = lib.hm.dag.entryAnywhere "";
      installPackages = lib.hm.dag.entryAfter [ "writeBoundary" ] (
        lib.optionalString (!config.submoduleSupport.externalPackageInstall) "nix-env -i ${cfg.path}"
      );
    };
    home.activationPackage = pkgs.runCommand "home-manager-generation" {
      preferLocalBuild = true;
      files = config.home-files;
      homePath = cfg.path;
      activate = activationScript;
    } ''
      mkdir -p $out
      ln -s $activate $out/activate
      ln -s $files $out/home-files
      ln -s $homePath $out/home-path
    '';
  };
}
