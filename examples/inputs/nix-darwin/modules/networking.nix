# The names of the machine, its name servers and its firewall.
{
  config,
  lib,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.networking;
  optionalText =
    description: example:
    mkOption {
      type = types.nullOr types.str;
      default = null;
      inherit description example;
    };
in
{
  options.networking = {
    hostName = optionalText "The name of the machine in networks." "Johns-MacBook-Pro";
    computerName = mkOption {
      type = types.nullOr types.str;
      default = null;
      example = "John’s MacBook Pro";
      description = "The name of the machine for people.";
    };
    localHostName = mkOption {
      type = types.nullOr types.str;
      default = cfg.hostName;
      defaultText = lib.literalExpression "config.networking.hostName";
      description = "The name of the machine in the local network.";
    };
    domain = optionalText "The domain that the machine is in." "home.arpa";
    fqdn = mkOption {
      type = types.str;
      default =
        if cfg.hostName != null && cfg.domain != null then
          "${cfg.hostName}.${cfg.domain}"
        else
          throw "The FQDN is required but cannot be determined from `networking.hostName` and `networking.domain`.";
      defaultText = lib.literalExpression ''"''${networking.hostName}.''${networking.domain}"'';
      description = "The name of the machine with its domain.";
    };
    knownNetworkServices = mkOption {
      type = types.listOf types.str;
      default = [ ];
      example = [ "Wi-Fi" ];
      description = "Network services that are configured.";
    };
    dns = mkOption {
      type = types.listOf types.str;
      default = [ ];
      description = "Name servers that are asked.";
    };
    search = mkOption {
      type = types.listOf types.str;
      default = [ ];
      description = "Domains that short names are looked up in.";
    };
    wakeOnLan.enable = mkOption {
      type = types.nullOr types.bool;
      default = null;
      description = "Whether the machine wakes up for network packets; null leaves it as it is.";
    };
    applicationFirewall = {
      enable = mkOption {
        type = types.nullOr types.bool;
        default = null;
        description = "Whether the firewall is on; null leaves it as it is.";
      };
      enableStealthMode = mkOption {
        type = types.nullOr types.bool;
        default = null;
        description = "Whether the machine hides from those who look for it; null leaves it as it is.";
      };
    };
  };
  config = {
    assertions = [
      {
        assertion = cfg.dns != [ ] || cfg.search != [ ] -> cfg.knownNetworkServices != [ ];
        message = "networking.knownNetworkServices must be set for networking.dns and networking.search to have an effect.";
      }
    ];
    system.activationScripts.networking.text =
      lib.optionalString (cfg.computerName != null) "scutil --set ComputerName ${lib.escapeShellArg cfg.computerName}\n"
      + lib.optionalString (cfg.hostName != null) "scutil --set HostName ${lib.escapeShellArg cfg.hostName}\n"
      + lib.optionalString (cfg.localHostName != null) "scutil --set LocalHostName ${lib.escapeShellArg cfg.localHostName}\n"
      + lib.concatMapStrings (
        s: "networksetup -setdnsservers ${lib.escapeShellArgs ([ s ] ++ cfg.dns)}\n"
      ) cfg.knownNetworkServices
      + lib.optionalString (cfg.applicationFirewall.enable != null) "socketfilterfw --setglobalstate ${
        if cfg.applicationFirewall.enable then "on" else "off"
      }\n";
  };
}
