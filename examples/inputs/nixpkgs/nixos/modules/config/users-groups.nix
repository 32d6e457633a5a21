# Users and groups, and the description that the activation creates them from.
{
  config,
  lib,
  pkgs,
  utils,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.users;
  password =
    what:
    mkOption {
      type = types.nullOr (types.passwdEntry types.str);
      default = null;
      description = what;
    };
  userModule =
    { name, config, ... }:
    {
      options = {
        enable = mkOption {
          type = types.bool;
          default = true;
          description = "Whether the user exists.";
        };
        name = mkOption {
          type = types.passwdEntry types.str;
          default = name;
          description = "The name of the account.";
        };
        description = mkOption {
          type = types.passwdEntry types.str;
          default = "";
          example = "Alice Q. User";
          description = "Who the account is for.";
        };
        uid = mkOption {
          type = types.nullOr types.int;
          default = null;
          description = "The number of the account; null lets the system choose.";
        };
        group = mkOption {
          type = types.str;
          default = "";
          description = "The primary group.";
        };
        extraGroups = mkOption {
          type = types.listOf types.str;
          default = [ ];
          description = "Further groups of the user.";
        };
        home = mkOption {
          type = types.passwdEntry types.path;
          default = "/var/empty";
          description = "The home directory.";
        };
        createHome = mkOption {
          type = types.bool;
          default = false;
          description = "Whether the home directory is made.";
        };
        shell = mkOption {
          type = types.nullOr (
            types.either types.shellPackage (types.passwdEntry types.path)
          );
          default = "/run/current-system/sw/bin/nologin";
          defaultText = lib.literalExpression "pkgs.shadow";
          example = lib.literalExpression "pkgs.bashInteractive";
          description = "The login shell.";
        };
        ignoreShellProgramCheck = mkOption {
          type = types.bool;
          default = false;
          description = "Whether a shell may be chosen whose program is not enabled.";
        };
        isNormalUser = mkOption {
          type = types.bool;
          default = false;
          description = "Whether this is a person's account, with a home and a shell.";
        };
        isSystemUser = mkOption {
          type = types.bool;
          default = false;
          description = "Whether this is a service's account.";
        };
        linger = mkOption {
          type = types.bool;
          default = false;
          description = "Whether the user's services run without a login.";
        };
        password = password "The password in clear text, which anyone can read in the store.";
        initialPassword = password "The first password in clear text; the user may change it.";
        hashedPassword = password "The hash of the password.";
        initialHashedPassword = password "The hash of the first password; the user may change it.";
        hashedPasswordFile = mkOption {
          type = types.nullOr types.str;
          default = null;
          description = "A file on the machine with the hash of the password.";
        };
        packages = mkOption {
          type = types.listOf types.package;
          default = [ ];
          description = "Packages that only this user has.";
        };
        openssh.authorizedKeys.keys = mkOption {
          type = types.listOf types.singleLineStr;
          default = [ ];
          example = [ "ssh-ed25519 AAAAC3Nz… alice@foobar" ];
          description = "Public keys that may log in.";
        };
        openssh.authorizedKeys.keyFiles = mkOption {
          type = types.listOf types.path;
          default = [ ];
          description = "Files with public keys that may log in.";
        };
      };
      config = lib.mkIf config.isNormalUser {
        group = lib.mkDefault "users";
        createHome = lib.mkDefault true;
        home = lib.mkDefault "/home/${config.name}";
        shell = lib.mkDefault cfg.defaultUserShell;
      };
    };
  groupModule =
    { name, ... }:
    {
      options = {
        name = mkOption {
          type = types.passwdEntry types.str;
          default = name;
          description = "The name of the group.";
        };
        gid = mkOption {
          type = types.nullOr types.int;
          default = null;
          description = "The number of the group; null lets the system choose.";
        };
        members = mkOption {
          type = types.listOf (types.passwdEntry types.str);
          default = [ ];
          description = "Users in the group, beside those who name it themselves.";
        };
      };
    };
  enabledUsers = lib.filterAttrs (_: u: u.enable) cfg.users;
  spec = {
    inherit (cfg) mutableUsers;
    users = lib.mapAttrsToList (_: u: {
      inherit (u)
        name
        uid
        group
        description
        home
        createHome
        isSystemUser
        hashedPassword
        hashedPasswordFile
        initialHashedPassword
        password
        initialPassword
        ;
      shell = utils.toShellPath u.shell;
    }) enabledUsers;
    groups = lib.mapAttrsToList (name: g: {
      inherit (g) name gid;
      members = g.members ++ lib.attrNames (lib.filterAttrs (_: u: lib.elem name u.extraGroups) enabledUsers);
    }) cfg.groups;
  };
in
{
  options.users = {
    mutableUsers = mkOption {
      type = types.bool;
      default = true;
      description = "Whether users can be changed at run time too.";
    };
    allowNoPasswordLogin = mkOption {
      type = types.bool;
      default = false;
      description = "Whether a configuration that locks everyone out is fine.";
    };
    defaultUserShell = mkOption {
      type = types.either types.path types.shellPackage;
      default = pkgs.bashInteractive;
      defaultText = lib.literalExpression "pkgs.bashInteractive";
      description = "The shell of people who chose none.";
    };
    users = mkOption {
      type = types.attrsOf (types.submodule userModule);
      default = { };
      example = {
        alice = {
          isNormalUser = true;
          extraGroups = [ "wheel" ];
        };
      };
      description = "User accounts by name.";
    };
    groups = mkOption {
      type = types.attrsOf (types.submodule groupModule);
      default = { };
      description = "Groups by name.";
    };
    motd = mkOption {
      type = types.nullOr types.lines;
      default = null;
      description = "The message that everyone reads after login.";
    };
  };
  config = {
    users.users.root = {
      uid = 0;
      group = "root";
      home = "/root";
      shell = lib.mkDefault cfg.defaultUserShell;
      isSystemUser = lib.mkDefault true;
    };
    users.groups = lib.genAttrs [ "root" "wheel" "users" "nogroup" "audio" "video" "networkmanager" ] (_: { });

    environment.etc."users-groups.json".text = builtins.toJSON spec;
    environment.etc.motd = lib.mkIf (cfg.motd != null) { text = cfg.motd; };
    system.activationScripts.users = {
      deps = [ "etc" ];
      text = "update-users-groups /etc/users-groups.json";
    };

    assertions =
      lib.concatMap (u: [
        {
          assertion = u.isNormalUser != u.isSystemUser || u.name == "root";
          message = "Exactly one of users.users.${u.name}.isSystemUser and users.users.${u.name}.isNormalUser must be set.";
        }
        {
          assertion = u.group != "";
          message = "users.users.${u.name}.group is unset. This used to default to nogroup, but this is unsafe. For example you can create a group for this user with: users.groups.${u.name} = {};";
        }
      ]) (lib.attrValues enabledUsers)
      ++ lib.concatMap (
        u:
        map (shell: {
          assertion =
            utils.toShellPath u.shell == "/run/current-system/sw/bin/${shell}"
            || (lib.isDerivation u.shell && u.shell.pname or "" == shell)
            -> u.ignoreShellProgramCheck || config.programs.${shell}.enable;
          message = "users.users.${u.name}.shell is set to ${shell}, but programs.${shell}.enable is not true. This will cause the ${shell} shell to lack the basic nix directories in its PATH and might make logging in as that user impossible. You can fix it with: programs.${shell}.enable = true;";
        }) [ "fish" "zsh" ]
      ) (lib.filter (u: u.isNormalUser) (lib.attrValues enabledUsers));
    warnings = lib.concatMap (
      u:
      lib.optional (u.password != null && u.hashedPassword != null)
        "The user '${u.name}' has multiple of the options `password` and `hashedPassword` set."
    ) (lib.attrValues enabledUsers);
  };
}
