# The OpenSSH server. Its settings have the names of `sshd_config`; those that matter most have types.
{ config, lib, pkgs, ... }:
let
  inherit (import ../../../lib/declare.nix lib) has maybe switch text;
  inherit (lib) concatMapStrings filterAttrs types;
  inherit (types) attrsOf bool either enum int listOf nullOr oneOf port str submodule;
  cfg = config.services.openssh;

  setting = type: has (nullOr type);
  shown =
    value:
    if lib.isBool value then
      lib.boolToYesNo value
    else if lib.isList value then
      lib.concatStringsSep "," value
    else
      toString value;

  address = submodule {
    options.addr = maybe str "A name or an address.";
    options.port = maybe int "A port, if it is not one of the general ones.";
  };
  keysOf = { keys, keyFiles }: lib.concatLines (keys ++ map lib.readFile keyFiles);
  withKeys = filterAttrs (_: user: user.openssh.authorizedKeys != { keys = [ ]; keyFiles = [ ]; }) config.users.users;
in
{
  options.services.openssh = {
    enable = switch false "Whether people can log in from other machines.";
    package = has types.package config.programs.ssh.package "The package that the server is in.";
    startWhenNeeded = switch false "Whether the server starts when somebody connects.";
    allowSFTP = switch true "Whether files can be transferred.";
    ports = has (listOf port) [ 22 ] "Ports that the server listens on.";
    openFirewall = switch true "Whether the firewall opens these ports.";
    listenAddresses = has (listOf address) [ ] "Addresses that the server listens on; none is all.";
    hostKeys = has (listOf (attrsOf (either str int))) [
      { type = "rsa"; bits = 4096; path = "/etc/ssh/ssh_host_rsa_key"; }
      { type = "ed25519"; path = "/etc/ssh/ssh_host_ed25519_key"; }
    ] "Keys of the machine. What is not there is made.";
    settings = lib.mkOption {
      default = { };
      example.PasswordAuthentication = false;
      description = "Settings of the server, by the names that `sshd_config` has for them.";
      type = submodule {
        freeformType = attrsOf (nullOr (oneOf [ bool int str (listOf str) ]));
        options = {
          PermitRootLogin = setting (enum [
            "yes"
            "without-password"
            "prohibit-password"
            "forced-commands-only"
            "no"
          ]) "prohibit-password" "Whether root can log in, and how.";
          PasswordAuthentication = setting bool true "Whether a password is enough.";
          KbdInteractiveAuthentication = setting bool true "Whether the server may ask questions, such as for a password.";
          LogLevel = setting (enum [ "QUIET" "FATAL" "ERROR" "INFO" "VERBOSE" "DEBUG" ]) "INFO" "How much goes to the log.";
          X11Forwarding = setting bool false "Whether windows can be shown where one comes from.";
          UseDns = setting bool false "Whether names of clients are looked up.";
          GatewayPorts = setting str "no" "Who may use ports that somebody forwards.";
          AllowUsers = setting (listOf str) null "The only users who may log in.";
          AllowGroups = setting (listOf str) null "The only groups whose members may log in.";
          KexAlgorithms = setting (listOf str) [
            "mlkem768x25519-sha256"
            "sntrup761x25519-sha512"
            "curve25519-sha256"
          ] "How keys are agreed on.";
          Ciphers = setting (listOf str) [ "chacha20-poly1305@openssh.com" "aes256-gcm@openssh.com" ] "How messages are encrypted.";
          Macs = setting (listOf str) [ "hmac-sha2-512-etm@openssh.com" "hmac-sha2-256-etm@openssh.com" ] "How messages are protected.";
        };
      };
    };
    extraConfig = text "Lines for `sshd_config`.";
  };

  config = lib.mkIf cfg.enable {
    assertions = [
      {
        assertion = cfg.ports != [ ];
        message = "The OpenSSH server needs a port to listen on.";
      }
      {
        assertion = lib.all ({ addr, ... }: addr != null) cfg.listenAddresses;
        message = "Each of `services.openssh.listenAddresses` needs an `addr`.";
      }
    ];
    users.groups.sshd = { };
    users.users.sshd = {
      description = "SSH privilege separation user";
      group = "sshd";
      isSystemUser = true;
    };
    networking.firewall.allowedTCPPorts = lib.optionals cfg.openFirewall cfg.ports;
    services.openssh.extraConfig = lib.mkBefore (
      concatMapStrings (number: "Port ${toString number}\n") cfg.ports
      + concatMapStrings (
        { addr, port }: "ListenAddress ${toString addr}${lib.optionalString (port != null) ":${toString port}"}\n"
      ) cfg.listenAddresses
      + concatMapStrings ({ path, ... }: "HostKey ${path}\n") cfg.hostKeys
      + "AuthorizedKeysFile %h/.ssh/authorized_keys /etc/ssh/authorized_keys.d/%u\n"
      + lib.optionalString cfg.allowSFTP "Subsystem sftp ${cfg.package}/libexec/sftp-server\n"
    );
    environment.etc =
      lib.mapAttrs' (
        name: user:
        lib.nameValuePair "ssh/authorized_keys.d/${name}" {
          mode = "0444";
          text = keysOf user.openssh.authorizedKeys;
        }
      ) withKeys
      // {
        "ssh/sshd_config".text =
          lib.concatStrings (
            lib.mapAttrsToList (name: value: "${name} ${shown value}\n") (filterAttrs (_: value: value != null) cfg.settings)
          )
          + cfg.extraConfig;
      };
    systemd.services.sshd = {
      description = "OpenSSH server";
      path = [ cfg.package ];
      after = [ "network.target" ];
      wantedBy = lib.optional (!cfg.startWhenNeeded) "multi-user.target";
      restartTriggers = [ config.environment.etc."ssh/sshd_config".source ];
      preStart = concatMapStrings (
        { path, type, ... }@key:
        "test -s ${path} || ssh-keygen -t ${type} ${lib.optionalString (key ? bits) "-b ${toString key.bits} "}-N '' -f ${path}\n"
      ) cfg.hostKeys;
      serviceConfig = {
        ExecStart = "${cfg.package}/bin/sshd -D -f /etc/ssh/sshd_config";
        KillMode = "process";
        Restart = "always";
      };
    };
  };
}
