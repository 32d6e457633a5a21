# The agent of OpenSSH, as a service of the person.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  cfg = config.services.ssh-agent;
in
{
  options.services.ssh-agent = {
    enable = lib.mkEnableOption "OpenSSH private key agent";
    package = lib.mkPackageOption pkgs "openssh" { };
    socket = lib.mkOption {
      type = lib.types.str;
      default = "ssh-agent";
      description = "The name of the socket below the directory for run-time files.";
    };
  };
  config = lib.mkIf cfg.enable {
    assertions = [
      (lib.hm.assertions.assertPlatform "services.ssh-agent" pkgs lib.platforms.linux)
    ];
    home.sessionVariables.SSH_AUTH_SOCK = "$XDG_RUNTIME_DIR/${cfg.socket}";
    systemd.user.services.ssh-agent = {
      Unit.Description = "SSH authentication agent";
      Install.WantedBy = [ "default.target" ];
      Service.ExecStart = "${lib.getExe' cfg.package "ssh-agent"} -D -a %t/${cfg.socket}";
    };
  };
}
