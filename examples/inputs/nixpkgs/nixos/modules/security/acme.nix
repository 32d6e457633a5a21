# Certificates from an ACME authority, each renewed by a service and a timer of its own.
{
  config,
  lib,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.security.acme;
  shared = {
    email = mkOption {
      type = types.nullOr types.str;
      default = null;
      description = "The address that the authority writes to.";
    };
    server = mkOption {
      type = types.nullOr types.str;
      default = "https://acme-v02.api.letsencrypt.org/directory";
      description = "The directory of the authority.";
    };
    webroot = mkOption {
      type = types.nullOr types.str;
      default = null;
      description = "Where answers to the authority's questions are put.";
    };
    dnsProvider = mkOption {
      type = types.nullOr types.str;
      default = null;
      description = "The DNS service that proves the domain is ours.";
    };
    group = mkOption {
      type = types.str;
      default = "acme";
      description = "The group that may read the certificate.";
    };
    renewInterval = mkOption {
      type = types.str;
      default = "daily";
      description = "How often a renewal is tried.";
    };
  };
  # A certificate that does not say otherwise takes what the defaults say.
  inherited = builtins.mapAttrs (name: opt: opt // { default = cfg.defaults.${name}; defaultText = lib.literalExpression "config.security.acme.defaults.${name}"; }) shared;
in
{
  options.security.acme = {
    acceptTerms = mkOption {
      type = types.bool;
      default = false;
      description = "Whether the terms of the authority are accepted.";
    };
    defaults = mkOption {
      type = types.submodule { options = shared; };
      default = { };
      description = "What all certificates have unless they say otherwise.";
    };
    certs = mkOption {
      default = { };
      description = "Certificates by domain.";
      type = types.attrsOf (
        types.submodule (
          { name, ... }:
          {
            options = inherited // {
              domain = mkOption {
                type = types.str;
                default = name;
                description = "The domain of the certificate.";
              };
              extraDomainNames = mkOption {
                type = types.listOf types.str;
                default = [ ];
                description = "Further domains in the same certificate.";
              };
              directory = mkOption {
                type = types.str;
                readOnly = true;
                default = "/var/lib/acme/${name}";
                description = "Where the certificate is.";
              };
            };
          }
        )
      );
    };
  };
  config = lib.mkIf (cfg.certs != { }) {
    assertions = [
      {
        assertion = cfg.acceptTerms;
        message = ''
          You must accept the CA's terms of service before using
          the ACME module by setting `security.acme.acceptTerms`
          to `true`. For Let's Encrypt's ToS see https://letsencrypt.org/repository/
        '';
      }
    ]
    ++ lib.mapAttrsToList (name: c: {
      assertion = c.email != null;
      message = ''
        You must define `security.acme.certs.${name}.email` or
        `security.acme.defaults.email` to register with the CA.
      '';
    }) cfg.certs;
    users.groups.acme = { };
    users.users.acme = {
      isSystemUser = true;
      group = "acme";
      home = "/var/lib/acme";
    };
    systemd.services = lib.mapAttrs' (
      name: c:
      lib.nameValuePair "acme-${name}" {
        description = "Renew ACME certificate for ${c.domain}";
        after = [ "network-online.target" ];
        wants = [ "network-online.target" ];
        startAt = [ c.renewInterval ];
        serviceConfig = {
          Type = "oneshot";
          User = "acme";
          Group = c.group;
        };
        script = "lego --email ${toString c.email} --server ${toString c.server} ${
          lib.concatMapStringsSep " " (d: "--domains ${d}") ([ c.domain ] ++ c.extraDomainNames)
        } renew";
      }
    ) cfg.certs;
  };
}
