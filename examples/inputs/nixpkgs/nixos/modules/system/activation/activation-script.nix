# What runs when the system is switched to a new configuration: snippets from all modules, in an order that they agree on.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) mkOption types;
  snippet = types.coercedTo types.str lib.noDepEntry (
    types.submodule {
      options = {
        deps = mkOption {
          type = types.listOf types.str;
          default = [ ];
          description = "Snippets that run before this one.";
        };
        text = mkOption {
          type = types.lines;
          description = "The shell commands.";
        };
        supportsDryActivation = mkOption {
          type = types.bool;
          default = false;
          description = "Whether the snippet can say what it would do.";
        };
      };
    }
  );
in
{
  options.system = {
    activationScripts = mkOption {
      type = types.attrsOf snippet;
      default = { };
      description = "Shell snippets that run at activation.";
    };
    userActivationScripts = mkOption {
      type = types.attrsOf snippet;
      default = { };
      description = "Shell snippets that run for each user at activation.";
    };
  };
  config = {
    system.activationScripts.binsh.text = "ln -sfn ${config.environment.binsh} /bin/sh";
    system.build.activationScript = pkgs.writeScript "activate" (
      "#!${pkgs.runtimeShell}\nset -u\n"
      + lib.textClosureMap lib.id config.system.activationScripts (
        lib.attrNames config.system.activationScripts
      )
      + "\n"
    );
  };
}
