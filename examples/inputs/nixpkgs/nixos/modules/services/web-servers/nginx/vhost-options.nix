# The options of one nginx site and of its locations.
{ lib }:
{ name, ... }:
let
  inherit (lib) mkOption types;
  text =
    description:
    mkOption {
      type = types.lines;
      default = "";
      inherit description;
    };
  optionalText =
    type: description:
    mkOption {
      type = types.nullOr type;
      default = null;
      inherit description;
    };
  location = types.submodule {
    options = {
      proxyPass = optionalText types.str "The server that requests are passed to.";
      proxyWebsockets = lib.mkEnableOption "web sockets through the proxy";
      root = optionalText types.path "The directory that files come from.";
      tryFiles = optionalText types.str "Files that are tried in turn.";
      return = optionalText (types.either types.str types.int) "The status, and where to go.";
      extraConfig = text "Lines that are added to the location.";
    };
  };
in
{
  options = {
    serverName = mkOption {
      type = types.nullOr types.str;
      default = name;
      description = "The name of the site.";
    };
    serverAliases = mkOption {
      type = types.listOf types.str;
      default = [ ];
      description = "Further names of the site.";
    };
    default = mkOption {
      type = types.bool;
      default = false;
      description = "Whether the site answers when no other does.";
    };
    enableACME = lib.mkEnableOption "a certificate of its own for the site";
    useACMEHost = optionalText types.str "Another site whose certificate is used.";
    addSSL = lib.mkEnableOption "encrypted requests beside plain ones";
    onlySSL = lib.mkEnableOption "encrypted requests and no others";
    forceSSL = lib.mkEnableOption "encrypted requests, to which plain ones are sent";
    redirectCode = mkOption {
      type = types.ints.between 300 399;
      default = 301;
      description = "The status that sends plain requests to encrypted ones.";
    };
    sslCertificate = optionalText types.path "The certificate, when there is no ACME.";
    sslCertificateKey = optionalText types.path "Its key.";
    root = optionalText types.path "The directory that files come from.";
    locations = mkOption {
      type = types.attrsOf location;
      default = { };
      description = "What happens below a path.";
    };
    extraConfig = text "Lines that are added to the server block.";
  };
}
