# Users and groups. Activation makes them from one description of all.
{ config, lib, pkgs, utils, ... }:
let
  inherit (import ../../lib/declare.nix lib) has maybe names packages several switch;
  inherit (lib) attrValues concatMap filter filterAttrs mapAttrsToList mkDefault mkIf types;
  inherit (types) either int listOf nullOr passwdEntry path shellPackage singleLineStr str;
  cfg = config.users;
  nologin = "/run/current-system/sw/bin/nologin";

  user =
    { name, config, ... }:
    {
      options = {
        enable = switch true "Whether the user exists.";
        name = has (passwdEntry str) name "The name of the account.";
        description = has (passwdEntry str) "" "Who the account is for.";
        uid = maybe int "The number of the account; null leaves it to the system.";
        group = has str "" "The group that is theirs first.";
        extraGroups = names "Further groups that they are in." // {
          example = [ "wheel" ];
        };
        home = has (passwdEntry path) "/var/empty" "Their directory.";
        createHome = switch false "Whether their directory is made.";
        shell = has (nullOr (either shellPackage (passwdEntry path))) nologin "The shell that they log in to." // {
          example = lib.literalExpression "pkgs.zsh";
        };
        ignoreShellProgramCheck = switch false "Whether the shell may be one that the system does not set up.";
        isNormalUser = switch false "Whether this is a person, with a home and a shell.";
        isSystemUser = switch false "Whether this is a service.";
        linger = switch false "Whether their services run while they are away.";
        password = maybe (passwdEntry str) "Their password, which everybody can read in the store.";
        initialPassword = maybe (passwdEntry str) "Their first password, which everybody can read in the store.";
        hashedPassword = maybe (passwdEntry str) "The hash of their password.";
        initialHashedPassword = maybe (passwdEntry str) "The hash of their first password.";
        hashedPasswordFile = maybe str "A file on the machine that holds the hash of their password.";
        packages = packages "Packages for this user alone.";
        openssh.authorizedKeys.keys = has (listOf singleLineStr) [ ] "Public keys that may log in.";
        openssh.authorizedKeys.keyFiles = has (listOf path) [ ] "Files with public keys that may log in.";
      };
      config = mkIf config.isNormalUser {
        createHome = mkDefault true;
        group = mkDefault "users";
        home = mkDefault "/home/${config.name}";
        shell = mkDefault cfg.defaultUserShell;
      };
    };
  group =
    { name, ... }:
    {
      options = {
        name = has (passwdEntry str) name "The name of the group.";
        gid = maybe int "The number of the group; null leaves it to the system.";
        members = has (listOf (passwdEntry str)) [ ] "Who is in it, beside those who say so themselves.";
      };
    };

  users = filterAttrs (_: user: user.enable) cfg.users;
  described = {
    inherit (cfg) mutableUsers;
    users = mapAttrsToList (
      _: user:
      builtins.intersectAttrs (lib.genAttrs [
        "createHome"
        "description"
        "group"
        "hashedPassword"
        "hashedPasswordFile"
        "home"
        "initialHashedPassword"
        "initialPassword"
        "isSystemUser"
        "name"
        "password"
        "uid"
      ] (_: null)) user
      // {
        shell = utils.toShellPath user.shell;
      }
    ) users;
    groups = mapAttrsToList (name: group: {
      inherit (group) gid name;
      members = group.members ++ lib.attrNames (filterAttrs (_: user: lib.elem name user.extraGroups) users);
    }) cfg.groups;
  };

  # Shells that need more than a path: the system has to prepare them.
  preparedShells = [ "zsh" ];
  isShell = program: shell: shell == "/run/current-system/sw/bin/${program}" || shell.pname or null == program;
  forgotten = user: filter (program: isShell program user.shell && !config.programs.${program}.enable) preparedShells;
in
{
  options.users = {
    mutableUsers = switch true "Whether users can be changed by hand too.";
    allowNoPasswordLogin = switch false "Whether it is meant that nobody can log in.";
    defaultUserShell = has (either path shellPackage) pkgs.bashInteractive "The shell of people who chose none.";
    users = several user "Accounts, by name.";
    groups = several group "Groups, by name.";
    motd = maybe types.lines "What everybody reads after logging in.";
  };
  config = {
    users.users.root = {
      group = "root";
      home = "/root";
      isSystemUser = mkDefault true;
      shell = mkDefault cfg.defaultUserShell;
      uid = 0;
    };
    users.groups = lib.genAttrs [ "audio" "networkmanager" "nogroup" "root" "users" "video" "wheel" ] (_: { });

    environment.etc."users-groups.json".text = builtins.toJSON described;
    environment.etc.motd = mkIf (cfg.motd != null) { text = cfg.motd; };
    system.activationScripts.users = {
      deps = [ "etc" ];
      text = "update-users-groups /etc/users-groups.json";
    };

    assertions = concatMap (user: [
      {
        assertion = user.name == "root" || user.isNormalUser != user.isSystemUser;
        message = "The user ${user.name} is either a person or a service: set `isNormalUser` or `isSystemUser`, and not both.";
      }
      {
        assertion = user.group != "";
        message = "The user ${user.name} needs a group: set `users.users.${user.name}.group`.";
      }
      {
        assertion = !user.isNormalUser || user.ignoreShellProgramCheck || forgotten user == [ ];
        message = "The shell of ${user.name} is not set up: set `programs.${toString (forgotten user)}.enable`.";
      }
    ]) (attrValues users);
    warnings = concatMap (
      user:
      lib.optional (user.password != null && user.hashedPassword != null) "The user ${user.name} has a password and a hash of one."
    ) (attrValues users);
  };
}
