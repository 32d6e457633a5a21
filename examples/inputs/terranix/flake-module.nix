# `perSystem.terranix.terranixConfigurations.NAME`: a Terraform configuration with the programs to apply it.
#
# Each one becomes the package NAME, which applies the configuration; the other programs are its passthru attributes.
{ terranix }:
{ lib, flake-parts-lib, ... }:
let
  inherit (lib) mkOption types;

  optionsOf =
    { pkgs, system }:
    { config, name, ... }:
    let
      wrapper = config.terraformWrapper;
      program = wrapper.package.meta.mainProgram or "terraform";

      script =
        verb: text:
        pkgs.writeShellScriptBin "${name}-${verb}" ''
          set -eu
          export PATH=${lib.makeBinPath ([ config.result.terraformWrapper ] ++ wrapper.extraRuntimeInputs)}:$PATH
          mkdir -p ${config.workdir}
          ln -sf ${config.result.terraformConfiguration} ${config.workdir}/config.tf.json
          ${text}
        '';
    in
    {
      options = {
        modules = mkOption {
          type = types.listOf types.deferredModule;
          default = [ ];
          description = "The modules of the configuration.";
        };
        extraArgs = mkOption {
          type = types.attrsOf types.anything;
          default = { };
          description = "Further arguments for the modules.";
        };
        workdir = mkOption {
          type = types.str;
          default = name;
          description = "The directory that Terraform runs in, relative to where the program is started.";
        };
        terraformWrapper = {
          package = mkOption {
            type = types.package;
            default = pkgs.opentofu;
            defaultText = lib.literalExpression "pkgs.opentofu";
            description = "The Terraform to run.";
          };
          extraRuntimeInputs = mkOption {
            type = types.listOf types.package;
            default = [ ];
            description = "Packages whose programs the wrapper may call.";
          };
          prefixText = mkOption {
            type = types.lines;
            default = "";
            description = "Shell commands to run before Terraform.";
          };
          suffixText = mkOption {
            type = types.lines;
            default = "";
            description = "Shell commands to run after Terraform.";
          };
        };
        result = mkOption {
          type = types.lazyAttrsOf types.raw;
          readOnly = true;
          description = "What comes of it: `terraformConfiguration`, `terraformWrapper`, `scripts` and `app`.";
        };
      };

      config.result = {
        terraformConfiguration = terranix.lib.terranixConfiguration {
          inherit pkgs system;
          inherit (config) modules extraArgs;
        };
        terraformWrapper = pkgs.writeShellScriptBin program ''
          set -eu
          mkdir -p ${config.workdir}
          cd ${config.workdir}
          ${wrapper.prefixText}
          ${wrapper.package}/bin/${program} "$@"
          ${wrapper.suffixText}
        '';
        scripts = {
          init = script "init" "${program} init";
          plan = script "plan" "${program} init && ${program} plan";
          apply = script "apply" "${program} init && ${program} apply";
          destroy = script "destroy" "${program} destroy";
        };
        app = config.result.scripts.apply // config.result.scripts // {
          config = config.result.terraformConfiguration;
          terraform = config.result.terraformWrapper;
        };
      };
    };
in
{
  options.perSystem = flake-parts-lib.mkPerSystemOption (
    {
      config,
      pkgs,
      system,
      ...
    }:
    {
      _file = ./flake-module.nix;

      options.terranix.terranixConfigurations = mkOption {
        type = types.attrsOf (types.submodule (optionsOf { inherit pkgs system; }));
        default = { };
        description = "Terraform configurations by name.";
      };

      config.packages = lib.mapAttrs (
        _: configuration: configuration.result.app
      ) config.terranix.terranixConfigurations;
    }
  );
}
