# Directories for configuration, data and caches, and files in them.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.xdg;
  fileType = import ../file-type.nix { inherit lib pkgs; };
  directory =
    default: what:
    mkOption {
      type = types.path;
      inherit default;
      defaultText = lib.literalExpression "a directory below config.home.homeDirectory";
      description = "Where ${what} is kept.";
    };
  inHome = path: "${config.home.homeDirectory}/${path}";
  # As seen from the home, which is what `home.file` wants.
  below =
    base: files:
    lib.mapAttrs' (
      name: f:
      lib.nameValuePair "${lib.removePrefix (config.home.homeDirectory + "/") base}/${name}" {
        inherit (f)
          enable
          source
          executable
          force
          onChange
          recursive
          ;
      }
    ) files;
  files =
    what:
    mkOption {
      type = types.attrsOf fileType;
      default = { };
      description = "Files in the directory for ${what}, by path.";
    };
in
{
  options.xdg = {
    enable = lib.mkEnableOption "variables that name the directories";
    configHome = directory (inHome ".config") "configuration";
    dataHome = directory (inHome ".local/share") "data";
    stateHome = directory (inHome ".local/state") "state";
    cacheHome = directory (inHome ".cache") "what can be made again";
    configFile = files "configuration";
    dataFile = files "data";
  };
  config = {
    home.file = lib.mkMerge [
      (below cfg.configHome cfg.configFile)
      (below cfg.dataHome cfg.dataFile)
    ];
    home.sessionVariables = lib.mkIf cfg.enable {
      XDG_CONFIG_HOME = cfg.configHome;
      XDG_DATA_HOME = cfg.dataHome;
      XDG_STATE_HOME = cfg.stateHome;
      XDG_CACHE_HOME = cfg.cacheHome;
    };
  };
}
