# What runs at a switch, and the system as one derivation. It is refused when an assertion fails.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.system;
  failed = map (a: a.message) (lib.filter (a: !a.assertion) config.assertions);
  refuse = throw "\nFailed assertions:\n${lib.concatMapStringsSep "\n" (m: "- ${m}") failed}";
  # Fixed, unlike on NixOS: macOS needs its files before its services, and both before the rest.
  order = [
    "preActivation"
    "users"
    "etc"
    "launchd"
    "networking"
    "time"
    "power"
    "openssh"
    "keyboard"
    "fonts"
    "defaults"
    "homebrew"
    "extraActivation"
    "postActivation"
  ];
in
{
  options.system = {
    activationScripts = mkOption {
      type = types.attrsOf (
        types.submodule {
          options.text = mkOption {
            type = types.lines;
            default = "";
            description = "The shell commands.";
          };
        }
      );
      default = { };
      description = "Shell snippets that run at activation; only names that the activation knows are run.";
    };
    build = mkOption {
      type = types.submodule {
        freeformType = types.lazyAttrsOf (types.uniq types.unspecified);
        options.toplevel = mkOption {
          type = types.package;
          readOnly = true;
          description = "The whole system, which a machine is switched to.";
        };
      };
      default = { };
      description = "Things that are built from the configuration, by name.";
    };
    systemBuilderCommands = mkOption {
      type = types.lines;
      internal = true;
      default = "";
      description = "Shell commands that are added to the building of the system.";
    };
    checks.verifyNixPath = mkOption {
      type = types.bool;
      default = true;
      description = "Whether the activation checks where packages come from.";
    };
  };
  config.system = {
    activationScripts = lib.genAttrs order (_: { }) // {
      etc.text = "setup-etc ${cfg.build.etc}";
      launchd.text = "setup-launchd ${cfg.build.launchd}";
    };
    build.toplevel =
      if failed != [ ] then
        refuse
      else
        lib.showWarnings config.warnings (
          pkgs.stdenv.mkDerivation {
            name = "darwin-system-${cfg.darwinLabel}";
            preferLocalBuild = true;
            systemPath = cfg.path;
            inherit (cfg.build) etc launchd;
            activation = pkgs.writeScript "activate" (
              "#!/bin/sh\nset -e\n" + lib.concatMapStringsSep "\n" (name: cfg.activationScripts.${name}.text) order
            );
            buildCommand = ''
              mkdir -p $out
              ln -s $etc $out/etc
              ln -s $launchd $out/Library
              ln -s $systemPath $out/sw
              cp $activation $out/activate
              ${cfg.systemBuilderCommands}
            '';
          }
        );
  };
}
