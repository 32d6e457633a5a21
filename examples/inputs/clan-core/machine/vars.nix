# Vars: values that are generated once and kept beside the configuration, public ones in clear and secret ones encrypted.
#
# On disk: vars/per-machine/MACHINE/GENERATOR/FILE/{value,secret}, or vars/shared/GENERATOR/FILE/… for all machines together.
# On the machine a secret appears below /run/secrets, decrypted by sops.
{ config, lib, ... }:
let
  inherit (lib) mkIf mkOption types;
  inherit (config.clan.core) settings;

  directoryOf =
    generator:
    if generator.share then
      "${settings.directory}/vars/shared/${generator.name}"
    else
      "${settings.directory}/vars/per-machine/${settings.machine.name}/${generator.name}";

  # Users are created before other secrets are there, so what they need lives elsewhere.
  deployedPath =
    generator: file:
    let
      root = if file.neededFor == "users" then "/run/secrets-for-users" else "/run/secrets";
    in
    "${root}/vars/${generator.name}/${file.name}";

  fileModule =
    generator:
    { config, name, ... }:
    let
      file = config;
      valueFile = "${directoryOf generator}/${file.name}/value";
    in
    {
      options = {
        name = mkOption {
          type = types.str;
          default = name;
          description = "The name of the file.";
        };
        secret = mkOption {
          type = types.bool;
          default = true;
          description = "Whether the content is encrypted.";
        };
        deploy = mkOption {
          type = types.bool;
          default = true;
          description = "Whether the machine gets it; otherwise only other generators do.";
        };
        neededFor = mkOption {
          type = types.enum [
            "partitioning"
            "activation"
            "users"
            "services"
          ];
          default = "services";
          description = "Before which step of starting the machine it must be there.";
        };
        owner = mkOption {
          type = types.str;
          default = "root";
          description = "The user that owns the deployed file.";
        };
        group = mkOption {
          type = types.str;
          default = "root";
          description = "The group of the deployed file.";
        };
        mode = mkOption {
          type = types.strMatching "[0-7]{4}";
          default = "0400";
          description = "The permissions of the deployed file.";
        };
        restartUnits = mkOption {
          type = types.listOf types.str;
          default = [ ];
          description = "Units to restart when it changes.";
        };
        path = mkOption {
          type = types.str;
          readOnly = true;
          description = "Where the file is: on the machine if secret, otherwise in the flake.";
        };
        exists = mkOption {
          type = types.bool;
          readOnly = true;
          description = "Whether the public value has been generated.";
        };
        value = mkOption {
          type = types.str;
          readOnly = true;
          defaultText = lib.literalMD "the content of the file `value`";
          description = "The content; of public files only, and only once generated.";
        };
        share = mkOption {
          type = types.bool;
          readOnly = true;
          description = "Whether all machines have the same value.";
        };
      };

      config = {
        inherit (generator) share;
        path = if file.secret then deployedPath generator file else valueFile;
        exists = !file.secret && builtins.pathExists valueFile;
        value = mkIf file.exists (builtins.readFile valueFile);
      };
    };

  prompt =
    { name, ... }:
    {
      options = {
        name = mkOption {
          type = types.str;
          default = name;
          description = "The name of the prompt.";
        };
        description = mkOption {
          type = types.str;
          default = name;
          description = "What to ask.";
        };
        type = mkOption {
          type = types.enum [
            "hidden"
            "line"
            "multiline"
            "multiline-hidden"
          ];
          default = "line";
          description = "How to ask.";
        };
        persist = mkOption {
          type = types.bool;
          default = false;
          description = "Whether the answer is kept as a file of the same name.";
        };
      };
    };

  generator =
    { config, name, ... }:
    {
      options = {
        name = mkOption {
          type = types.str;
          default = name;
          description = "The name of the generator.";
        };
        files = mkOption {
          type = types.attrsOf (types.submodule (fileModule config));
          default = { };
          description = "The files that it makes.";
        };
        prompts = mkOption {
          type = types.attrsOf (types.submodule prompt);
          default = { };
          description = "What it asks the person who runs it.";
        };
        dependencies = mkOption {
          type = types.listOf types.str;
          default = [ ];
          description = "Generators whose files its script reads.";
        };
        runtimeInputs = mkOption {
          type = types.listOf types.package;
          default = [ ];
          description = "Packages that its script uses.";
        };
        script = mkOption {
          type = types.lines;
          default = "";
          description = "Writes the files into `$out`, with those of dependencies in `$in` and answers in `$prompts`.";
        };
        share = mkOption {
          type = types.bool;
          default = false;
          description = "Whether all machines have the same values.";
        };
        validation = mkOption {
          type = types.nullOr (types.attrsOf types.anything);
          default = null;
          description = "When this changes, the files are generated anew.";
        };
      };

      config.files = lib.mapAttrs (_: _: { }) (lib.filterAttrs (_: prompt: prompt.persist) config.prompts);
    };
in
{
  options.clan.core.vars = {
    settings = {
      secretStore = mkOption {
        type = types.enum [ "sops" ];
        default = "sops";
        description = "What encrypts secret files.";
      };
      publicStore = mkOption {
        type = types.enum [ "in_repo" ];
        default = "in_repo";
        description = "Where public files are kept.";
      };
    };
    generators = mkOption {
      type = types.attrsOf (types.submodule generator);
      default = { };
      description = "What generates vars for this machine.";
    };
  };
}
