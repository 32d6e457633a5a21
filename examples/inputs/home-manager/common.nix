# Homes inside the configuration of a machine: what NixOS and nix-darwin have in common.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.home-manager;
  extendedLib = lib.extend (final: _: { hm = import ./lib { lib = final; }; });

  homeModule = types.submoduleWith {
    description = "Home Manager module";
    class = "homeManager";
    specialArgs = {
      lib = extendedLib;
      osConfig = config;
      modulesPath = toString ./modules;
    }
    // cfg.extraSpecialArgs;
    modules = [
      (
        { name, ... }:
        {
          _file = ./common.nix;
          key = "home-manager/account";
          imports = import ./modules/module-list.nix ++ [
            (import ./modules/packages-argument.nix { inherit pkgs; })
          ];
          config = {
            submoduleSupport = {
              enable = true;
              externalPackageInstall = cfg.useUserPackages;
              inherit (cfg) useGlobalPkgs;
            };
            # The account may be described under another name, or not at all.
            home.username = lib.mkIf (config.users.users ? ${name}) (
              lib.mkDefault config.users.users.${name}.name
            );
            home.homeDirectory = lib.mkIf (config.users.users.${name}.home or null != null) (
              lib.mkDefault config.users.users.${name}.home
            );
            nix.package = lib.mkIf config.nix.enable (lib.mkDefault config.nix.package);
          };
        }
      )
    ]
    ++ cfg.sharedModules;
  };
in
{
  options.home-manager = {
    useUserPackages = lib.mkEnableOption "the installation of home packages through {option}`users.users.<name>.packages`";
    useGlobalPkgs = lib.mkEnableOption "the machine's package set in homes, instead of one of their own";
    backupFileExtension = mkOption {
      type = types.nullOr types.str;
      default = null;
      example = "backup";
      description = "What is added to the names of files that would be overwritten.";
    };
    overwriteBackup = lib.mkEnableOption "the replacement of earlier backups";
    extraSpecialArgs = mkOption {
      type = types.attrs;
      default = { };
      example = lib.literalExpression "{ inherit inputs; }";
      description = "Further arguments of all home modules, available in `imports` too.";
    };
    sharedModules = mkOption {
      type = types.listOf types.raw;
      default = [ ];
      description = "Modules that every home of the machine has.";
    };
    verbose = lib.mkEnableOption "verbose output on activation";
    users = mkOption {
      type = types.attrsOf homeModule;
      default = { };
      # The value is a whole configuration; showing it would be of no use.
      visible = "shallow";
      description = "Homes by user.";
    };
  };

  config = lib.mkIf (cfg.users != { }) {
    warnings = lib.flatten (
      lib.mapAttrsToList (user: home: map (w: "${user} profile: ${w}") home.warnings) cfg.users
    );
    assertions = lib.flatten (
      lib.mapAttrsToList (
        user: home:
        map (a: {
          inherit (a) assertion;
          message = "${user} profile: ${a.message}";
        }) home.assertions
      ) cfg.users
    );
    users.users = lib.mkIf cfg.useUserPackages (
      builtins.mapAttrs (_: home: { packages = [ home.home.path ]; }) cfg.users
    );
    environment.pathsToLink = lib.mkIf cfg.useUserPackages [ "/etc/profile.d" ];
  };
}
