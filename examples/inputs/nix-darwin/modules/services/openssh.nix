# Apple's SSH server: whether it runs, and settings beside its own.
{
  config,
  lib,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.services.openssh;
  keys = u: u.openssh.authorizedKeys.keys ++ map builtins.readFile u.openssh.authorizedKeys.keyFiles;
in
{
  options.services.openssh = {
    enable = mkOption {
      type = types.nullOr types.bool;
      default = null;
      description = "Whether remote login is on; null leaves it as it is.";
    };
    extraConfig = mkOption {
      type = types.lines;
      default = "";
      description = "Lines that are added to `sshd_config` as they are.";
    };
  };
  config = {
    environment.etc = {
      "ssh/sshd_config.d/100-nix-darwin.conf".text =
        "AuthorizedKeysFile .ssh/authorized_keys /etc/ssh/nix_authorized_keys.d/%u\n" + cfg.extraConfig;
    }
    // lib.mapAttrs' (
      name: u: lib.nameValuePair "ssh/nix_authorized_keys.d/${name}" { text = lib.concatLines (keys u); }
    ) (lib.filterAttrs (_: u: keys u != [ ]) config.users.users);
    system.activationScripts.openssh.text = lib.mkIf (cfg.enable != null) ''
      systemsetup -f -setremotelogin ${if cfg.enable then "on" else "off"}
    '';
  };
}
