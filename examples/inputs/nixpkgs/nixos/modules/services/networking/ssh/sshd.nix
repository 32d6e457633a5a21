# The OpenSSH server. `settings` holds sshd_config by its own names, with types for the settings that matter most.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.services.openssh;
  show =
    v:
    if builtins.isBool v then
      lib.boolToYesNo v
    else if builtins.isList v then
      lib.concatMapStringsSep "," toString v
    else
      toString v;
  keysOf =
    u:
    lib.concatLines (
      u.openssh.authorizedKeys.keys ++ map builtins.readFile u.openssh.authorizedKeys.keyFiles
    );
  hasKeys = u: u.openssh.authorizedKeys.keys != [ ] || u.openssh.authorizedKeys.keyFiles != [ ];
  algorithms =
    what: default:
    mkOption {
      type = types.nullOr (types.listOf types.str);
      inherit default;
      description = "Allowed ${what}.";
    };
in
{
  options.services.openssh = {
    enable = mkOption {
      type = types.bool;
      default = false;
      description = "Whether to enable the OpenSSH secure shell daemon, which allows secure remote logins.";
    };
    package = mkOption {
      type = types.package;
      default = config.programs.ssh.package;
      defaultText = lib.literalExpression "config.programs.ssh.package";
      description = "The OpenSSH package to use for the server.";
    };
    startWhenNeeded = mkOption {
      type = types.bool;
      default = false;
      description = "Whether the server starts with the first connection rather than with the system.";
    };
    allowSFTP = mkOption {
      type = types.bool;
      default = true;
      description = "Whether files may be transferred.";
    };
    ports = mkOption {
      type = types.listOf types.port;
      default = [ 22 ];
      description = "Ports that the server listens on.";
    };
    openFirewall = mkOption {
      type = types.bool;
      default = true;
      description = "Whether the firewall lets connections to the ports through.";
    };
    listenAddresses = mkOption {
      default = [ ];
      description = "Addresses that the server listens on; none means all.";
      type = types.listOf (
        types.submodule {
          options = {
            addr = mkOption {
              type = types.nullOr types.str;
              default = null;
              description = "A host or an address.";
            };
            port = mkOption {
              type = types.nullOr types.int;
              default = null;
              description = "A port, or null for the general ones.";
            };
          };
        }
      );
    };
    hostKeys = mkOption {
      default = [
        {
          type = "rsa";
          bits = 4096;
          path = "/etc/ssh/ssh_host_rsa_key";
        }
        {
          type = "ed25519";
          path = "/etc/ssh/ssh_host_ed25519_key";
        }
      ];
      description = "Host keys, which are made when they are not there.";
      type = types.listOf (types.attrsOf (types.either types.str types.int));
    };
    settings = mkOption {
      default = { };
      example = {
        UseDns = true;
        PasswordAuthentication = false;
      };
      description = "Settings of `sshd_config`, by their names there.";
      type = types.submodule {
        freeformType = types.attrsOf (
          types.nullOr (
            types.oneOf [
              types.bool
              types.int
              types.str
              (types.listOf types.str)
            ]
          )
        );
        options = {
          PermitRootLogin = mkOption {
            type = types.nullOr (
              types.enum [
                "yes"
                "without-password"
                "prohibit-password"
                "forced-commands-only"
                "no"
              ]
            );
            default = "prohibit-password";
            description = "Whether the root user can login using ssh.";
          };
          PasswordAuthentication = mkOption {
            type = types.nullOr types.bool;
            default = true;
            description = "Whether password authentication is allowed.";
          };
          KbdInteractiveAuthentication = mkOption {
            type = types.nullOr types.bool;
            default = true;
            description = "Whether keyboard-interactive authentication is allowed.";
          };
          LogLevel = mkOption {
            type = types.nullOr (
              types.enum [
                "QUIET"
                "FATAL"
                "ERROR"
                "INFO"
                "VERBOSE"
                "DEBUG"
              ]
            );
            default = "INFO";
            description = "How much the server writes to the log.";
          };
          X11Forwarding = mkOption {
            type = types.nullOr types.bool;
            default = false;
            description = "Whether windows may be shown on the client.";
          };
          UseDns = mkOption {
            type = types.nullOr types.bool;
            default = false;
            description = "Whether the names of clients are looked up and checked.";
          };
          GatewayPorts = mkOption {
            type = types.nullOr types.str;
            default = "no";
            description = "Whether others may connect to forwarded ports.";
          };
          AllowUsers = mkOption {
            type = types.nullOr (types.listOf types.str);
            default = null;
            description = "If given, only these users may log in.";
          };
          AllowGroups = mkOption {
            type = types.nullOr (types.listOf types.str);
            default = null;
            description = "If given, only members of these groups may log in.";
          };
          KexAlgorithms = algorithms "key exchange algorithms" [
            "mlkem768x25519-sha256"
            "sntrup761x25519-sha512"
            "curve25519-sha256"
          ];
          Ciphers = algorithms "ciphers" [
            "chacha20-poly1305@openssh.com"
            "aes256-gcm@openssh.com"
          ];
          Macs = algorithms "message authentication codes" [
            "hmac-sha2-512-etm@openssh.com"
            "hmac-sha2-256-etm@openssh.com"
          ];
        };
      };
    };
    extraConfig = mkOption {
      type = types.lines;
      default = "";
      description = "Lines that are added to `sshd_config` as they are.";
    };
    knownHosts = mkOption {
      type = types.attrsOf types.anything;
      default = { };
      visible = false;
      description = "The old place of {option}`programs.ssh.knownHosts`.";
    };
  };

  config = lib.mkIf cfg.enable {
    assertions = [
      {
        assertion = cfg.ports != [ ];
        message = "services.openssh.ports must not be empty.";
      }
      {
        assertion = lib.all ({ addr, ... }: addr != null) cfg.listenAddresses;
        message = "addr must be specified in each listenAddresses entry";
      }
    ];
    users.groups.sshd = { };
    users.users.sshd = {
      isSystemUser = true;
      group = "sshd";
      description = "SSH privilege separation user";
    };
    networking.firewall.allowedTCPPorts = lib.optionals cfg.openFirewall cfg.ports;
    services.openssh.extraConfig = lib.mkBefore (
      lib.concatMapStrings (p: "Port ${toString p}\n") cfg.ports
      + lib.concatMapStrings (
        a: "ListenAddress ${toString a.addr}${lib.optionalString (a.port != null) ":${toString a.port}"}\n"
      ) cfg.listenAddresses
      + lib.concatMapStrings (k: "HostKey ${k.path}\n") cfg.hostKeys
      + "AuthorizedKeysFile %h/.ssh/authorized_keys /etc/ssh/authorized_keys.d/%u\n"
      + lib.optionalString cfg.allowSFTP "Subsystem sftp ${cfg.package}/libexec/sftp-server\n"
    );
    environment.etc = {
      "ssh/sshd_config".text =
        lib.concatStrings (
          lib.mapAttrsToList (k: v: "${k} ${show v}\n") (lib.filterAttrs (_: v: v != null) cfg.settings)
        )
        + cfg.extraConfig;
    }
    // lib.mapAttrs' (
      name: u:
      lib.nameValuePair "ssh/authorized_keys.d/${name}" {
        text = keysOf u;
        mode = "0444";
      }
    ) (lib.filterAttrs (_: hasKeys) config.users.users);
    systemd.services.sshd = {
      description = "SSH Daemon";
      wantedBy = lib.optional (!cfg.startWhenNeeded) "multi-user.target";
      after = [ "network.target" ];
      path = [ cfg.package ];
      restartTriggers = [ config.environment.etc."ssh/sshd_config".source ];
      preStart = lib.concatMapStrings (
        k:
        "[ -s ${k.path} ] || ssh-keygen -t ${k.type} ${
          lib.optionalString (k ? bits) "-b ${toString k.bits}"
        } -f ${k.path} -N ''\n"
      ) cfg.hostKeys;
      serviceConfig = {
        ExecStart = "${cfg.package}/bin/sshd -D -f /etc/ssh/sshd_config";
        KillMode = "process";
        Restart = "always";
      };
    };
  };
}
