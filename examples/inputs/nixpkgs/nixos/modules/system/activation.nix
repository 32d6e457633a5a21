# What runs when the system becomes the current one: snippets of all modules, in an order that they agree on.
{ config, lib, pkgs, ... }:
let
  inherit (import ../../lib/declare.nix lib) has names needs switch;
  inherit (lib.types) attrsOf coercedTo lines str submodule;
  snippet = submodule {
    options = {
      deps = names "Snippets that run before.";
      text = needs lines "What runs.";
      supportsDryActivation = switch false "Whether it can say what it would do.";
    };
  };
  snippets = has (attrsOf (coercedTo str lib.noDepEntry snippet)) { };
  scripts = config.system.activationScripts;
in
{
  options.system.activationScripts = snippets "What runs when the system becomes the current one.";
  options.system.userActivationScripts = snippets "What runs for every user then.";
  config.system = {
    activationScripts.binsh.text = "ln -sfn ${config.environment.binsh} /bin/sh";
    build.activationScript = pkgs.writeScript "activate" ''
      #!${pkgs.runtimeShell}
      set -u
      ${lib.textClosureMap lib.id scripts (lib.attrNames scripts)}
    '';
  };
}
