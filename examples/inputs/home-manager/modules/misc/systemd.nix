# Services and timers of the person's systemd, written by their sections.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.systemd.user;
  value = types.oneOf [
    types.bool
    types.int
    types.str
    types.path
  ];
  unit = types.attrsOf (types.attrsOf (types.either value (types.listOf value)));
  units =
    what:
    mkOption {
      type = types.attrsOf unit;
      default = { };
      example = {
        foo.Service.ExecStart = "/bin/foo";
      };
      description = "${what} by name, with their sections.";
    };
  text = lib.generators.toINI {
    listsAsDuplicateKeys = true;
    mkKeyValue = key: v: "${key}=${if builtins.isBool v then lib.boolToString v else toString v}";
  };
  files =
    suffix:
    lib.concatMapAttrs (
      name: u:
      {
        "systemd/user/${name}.${suffix}".source = pkgs.writeText "${name}.${suffix}" (text u);
      }
      // lib.listToAttrs (
        map (
          target:
          lib.nameValuePair "systemd/user/${target}.wants/${name}.${suffix}" {
            source = pkgs.writeText "${name}.${suffix}" (text u);
          }
        ) (lib.toList (u.Install.WantedBy or [ ]))
      )
    );
in
{
  options.systemd.user = {
    enable = mkOption {
      type = types.bool;
      default = pkgs.stdenv.hostPlatform.isLinux;
      defaultText = lib.literalExpression "pkgs.stdenv.hostPlatform.isLinux";
      description = "Whether units are managed.";
    };
    services = units "Services";
    timers = units "Timers";
    startServices = mkOption {
      type = types.either types.bool (types.enum [ "suggest" "sd-switch" ]);
      default = true;
      description = "Whether changed services are restarted at activation.";
    };
    sessionVariables = mkOption {
      type = types.attrsOf (types.either types.int types.str);
      default = { };
      description = "Variables of all services.";
    };
    tmpfiles.rules = mkOption {
      type = types.listOf types.str;
      default = [ ];
      description = "Rules for files that are made at login.";
    };
  };
  config = lib.mkIf cfg.enable {
    xdg.configFile = lib.mkMerge [
      (files "service" cfg.services)
      (files "timer" cfg.timers)
      (lib.mkIf (cfg.sessionVariables != { }) {
        "environment.d/10-home-manager.conf".text = lib.generators.toKeyValue { } cfg.sessionVariables;
      })
      (lib.mkIf (cfg.tmpfiles.rules != [ ]) {
        "user-tmpfiles.d/home-manager.conf".text = lib.concatLines cfg.tmpfiles.rules;
      })
    ];
  };
}
