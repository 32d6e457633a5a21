# The SSH client: known hosts and settings for all users.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.programs.ssh;
  keyOf = h: if h.publicKey != null then h.publicKey else builtins.readFile h.publicKeyFile;
in
{
  options.programs.ssh = {
    package = lib.mkPackageOption pkgs "openssh" { };
    startAgent = lib.mkEnableOption "an SSH agent for every user";
    extraConfig = mkOption {
      type = types.lines;
      default = "";
      description = "Lines that are added to `ssh_config` as they are.";
    };
    knownHosts = mkOption {
      default = { };
      description = "Host keys that are known before the first connection.";
      type = types.attrsOf (
        types.submodule (
          { name, config, ... }:
          {
            options = {
              certAuthority = mkOption {
                type = types.bool;
                default = false;
                description = "Whether the key signs host keys rather than being one.";
              };
              hostNames = mkOption {
                type = types.listOf types.str;
                default = [ name ] ++ config.extraHostNames;
                defaultText = lib.literalExpression "[ name ] ++ config.extraHostNames";
                description = "Names and addresses that the key belongs to.";
              };
              extraHostNames = mkOption {
                type = types.listOf types.str;
                default = [ ];
                description = "Further names and addresses.";
              };
              publicKey = mkOption {
                type = types.nullOr types.str;
                default = null;
                description = "The public key.";
              };
              publicKeyFile = mkOption {
                type = types.nullOr types.path;
                default = null;
                description = "A file with the public key.";
              };
            };
          }
        )
      );
    };
  };
  config = {
    assertions = lib.mapAttrsToList (name: h: {
      assertion = (h.publicKey == null) != (h.publicKeyFile == null);
      message = "knownHost ${name} must contain either a publicKey or publicKeyFile";
    }) cfg.knownHosts;
    environment.systemPackages = [ cfg.package ];
    environment.etc."ssh/ssh_config".text = "GlobalKnownHostsFile /etc/ssh/ssh_known_hosts\n" + cfg.extraConfig;
    environment.etc."ssh/ssh_known_hosts".text = lib.concatStrings (
      lib.mapAttrsToList (
        _: h:
        "${lib.optionalString h.certAuthority "@cert-authority "}${lib.concatStringsSep "," h.hostNames} ${keyOf h}\n"
      ) cfg.knownHosts
    );
  };
}
