# The SSH client: host keys that are known to all users.
{
  config,
  lib,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.programs.ssh;
in
{
  options.programs.ssh = {
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
            };
          }
        )
      );
    };
  };
  config.environment.etc = {
    "ssh/ssh_known_hosts" = lib.mkIf (cfg.knownHosts != { }) {
      text = lib.concatStrings (
        lib.mapAttrsToList (
          _: h:
          "${lib.optionalString h.certAuthority "@cert-authority "}${lib.concatStringsSep "," h.hostNames} ${toString h.publicKey}\n"
        ) cfg.knownHosts
      );
    };
    "ssh/ssh_config.d/100-nix-darwin.conf" = lib.mkIf (cfg.extraConfig != "") { text = cfg.extraConfig; };
  };
}
