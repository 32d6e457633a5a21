# ssh to elsewhere: settings for all users, and the hosts whose keys are known.
{ config, lib, pkgs, ... }:
let
  inherit (import ../../lib/declare.nix lib) has maybe names several switch text;
  inherit (lib.types) listOf path str;
  cfg = config.programs.ssh;

  host =
    { name, config, ... }:
    {
      options = {
        certAuthority = switch false "Whether the key signs keys of hosts.";
        hostNames = has (listOf str) ([ name ] ++ config.extraHostNames) "Names and addresses of the host.";
        extraHostNames = names "Further names and addresses.";
        publicKey = maybe str "Its key.";
        publicKeyFile = maybe path "A file with its key.";
      };
    };
  lineOf =
    known:
    lib.optionalString known.certAuthority "@cert-authority "
    + "${lib.concatStringsSep "," known.hostNames} "
    + "${if known.publicKey == null then lib.readFile known.publicKeyFile else known.publicKey}\n";
in
{
  options.programs.ssh = {
    package = lib.mkPackageOption pkgs "openssh" { };
    startAgent = switch false "Whether everybody has an agent that keeps keys open.";
    extraConfig = text "Lines for `ssh_config`.";
    knownHosts = several host "Hosts whose keys are known.";
  };
  config = {
    environment.systemPackages = [ cfg.package ];
    environment.etc."ssh/ssh_config".text = "GlobalKnownHostsFile /etc/ssh/ssh_known_hosts\n" + cfg.extraConfig;
    environment.etc."ssh/ssh_known_hosts".text = lib.concatMapStrings lineOf (lib.attrValues cfg.knownHosts);
    assertions = lib.mapAttrsToList (name: known: {
      assertion = (known.publicKey == null) != (known.publicKeyFile == null);
      message = "The known host ${name} needs a key or a file with one, and not both.";
    }) cfg.knownHosts;
  };
}
