# User accounts. macOS owns them: only those in `knownUsers` are made and removed, all others are described.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.users;
  userModule =
    { name, ... }:
    {
      options = {
        name = mkOption {
          type = types.str;
          default = name;
          description = "The name of the account.";
        };
        description = mkOption {
          type = types.nullOr types.str;
          default = null;
          description = "Who the account is for.";
        };
        uid = mkOption {
          type = types.int;
          default = 501;
          description = "The number of the account.";
        };
        gid = mkOption {
          type = types.int;
          default = 20;
          description = "The number of its primary group.";
        };
        home = mkOption {
          type = types.nullOr types.path;
          default = null;
          description = "The home directory.";
        };
        createHome = mkOption {
          type = types.bool;
          default = false;
          description = "Whether the home directory is made.";
        };
        isHidden = mkOption {
          type = types.bool;
          default = false;
          description = "Whether the account is not shown at login.";
        };
        shell = mkOption {
          type = types.nullOr (types.either types.shellPackage types.path);
          default = null;
          description = "The login shell.";
        };
        packages = mkOption {
          type = types.listOf types.package;
          default = [ ];
          description = "Packages that only this user has.";
        };
        openssh.authorizedKeys.keys = mkOption {
          type = types.listOf types.singleLineStr;
          default = [ ];
          description = "Public keys that may log in.";
        };
        openssh.authorizedKeys.keyFiles = mkOption {
          type = types.listOf types.path;
          default = [ ];
          description = "Files with public keys that may log in.";
        };
      };
    };
  groupModule =
    { name, ... }:
    {
      options = {
        name = mkOption {
          type = types.str;
          default = name;
          description = "The name of the group.";
        };
        gid = mkOption {
          type = types.int;
          description = "The number of the group.";
        };
        members = mkOption {
          type = types.listOf types.str;
          default = [ ];
          description = "Users in the group.";
        };
        description = mkOption {
          type = types.str;
          default = "";
          description = "What the group is for.";
        };
      };
    };
  packaged = lib.filterAttrs (_: u: u.packages != [ ]) cfg.users;
in
{
  options.users = {
    users = mkOption {
      type = types.attrsOf (types.submodule userModule);
      default = { };
      description = "User accounts by name.";
    };
    groups = mkOption {
      type = types.attrsOf (types.submodule groupModule);
      default = { };
      description = "Groups by name.";
    };
    knownUsers = mkOption {
      type = types.listOf types.str;
      default = [ ];
      description = "Accounts that are made and removed with the configuration.";
    };
    knownGroups = mkOption {
      type = types.listOf types.str;
      default = [ ];
      description = "Groups that are made and removed with the configuration.";
    };
  };
  config = {
    assertions = map (name: {
      assertion = cfg.users ? ${name} -> cfg.users.${name}.uid != 501;
      message = "users.knownUsers contains ${name}, whose uid would be that of the first person.";
    }) cfg.knownUsers;
    environment.etc = lib.mapAttrs' (
      name: u:
      lib.nameValuePair "profiles/per-user/${name}" {
        source = pkgs.buildEnv {
          name = "user-environment";
          paths = u.packages;
        };
      }
    ) packaged;
    system.activationScripts.users.text = lib.concatMapStrings (
      name:
      let
        u = cfg.users.${name};
      in
      "dscl . -create /Users/${u.name} UniqueID ${toString u.uid}\ndscl . -create /Users/${u.name} PrimaryGroupID ${toString u.gid}\n"
      + lib.optionalString (u.shell != null) "dscl . -create /Users/${u.name} UserShell ${
        if lib.isDerivation u.shell then "/run/current-system/sw${u.shell.shellPath}" else toString u.shell
      }\n"
    ) (lib.filter (n: cfg.users ? ${n}) cfg.knownUsers);
  };
}
