# Who may act as root, and by which proof.
{
  config,
  lib,
  ...
}:
let
  inherit (lib) mkOption types;
  pam = config.security.pam.services.sudo_local;
in
{
  options.security = {
    pam.services.sudo_local = {
      enable = mkOption {
        type = types.bool;
        default = true;
        description = "Whether `/etc/pam.d/sudo_local` is managed.";
      };
      touchIdAuth = mkOption {
        type = types.bool;
        default = false;
        description = "Whether a finger is as good as a password for sudo.";
      };
      watchIdAuth = mkOption {
        type = types.bool;
        default = false;
        description = "Whether a watch is as good as a password for sudo.";
      };
      reattach = mkOption {
        type = types.bool;
        default = false;
        description = "Whether that also works inside tmux.";
      };
    };
    sudo.extraConfig = mkOption {
      type = types.nullOr types.lines;
      default = null;
      description = "Lines that are added to `sudoers` as they are.";
    };
    pki.certificates = mkOption {
      type = types.listOf types.str;
      default = [ ];
      description = "Further certificates that are trusted.";
    };
  };
  config.environment.etc = {
    "pam.d/sudo_local" = lib.mkIf pam.enable {
      text =
        lib.optionalString pam.reattach "auth optional pam_reattach.so\n"
        + lib.optionalString pam.touchIdAuth "auth sufficient pam_tid.so\n"
        + lib.optionalString pam.watchIdAuth "auth sufficient pam_watchid.so\n";
    };
    "sudoers.d/10-nix-darwin-extra-config" = lib.mkIf (config.security.sudo.extraConfig != null) {
      text = config.security.sudo.extraConfig;
    };
    "ssl/certs/extra.crt" = lib.mkIf (config.security.pki.certificates != [ ]) {
      text = lib.concatLines config.security.pki.certificates;
    };
  };
}
