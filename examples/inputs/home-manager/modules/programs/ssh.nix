# The SSH client: blocks for hosts, in an order that they agree on.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.programs.ssh;
  optional =
    type: description:
    mkOption {
      type = types.nullOr type;
      default = null;
      inherit description;
    };
  block = types.submodule {
    options = {
      host = optional types.str "The pattern of the block; null takes the name.";
      hostname = optional types.str "The address of the host.";
      user = optional types.str "The user on the host.";
      port = optional types.port "The port of the host.";
      identityFile = mkOption {
        type = types.either (types.listOf types.str) (types.nullOr types.str);
        default = [ ];
        apply = v: lib.filter (f: f != null) (lib.toList v);
        description = "Keys that are tried.";
      };
      identitiesOnly = optional types.bool "Whether no other keys are tried.";
      forwardAgent = optional types.bool "Whether the agent is available on the host.";
      proxyJump = optional types.str "A host that the connection goes through.";
      compression = optional types.bool "Whether the connection is compressed.";
      serverAliveInterval = optional types.int "Seconds between signs of life.";
      extraOptions = mkOption {
        type = types.attrsOf types.str;
        default = { };
        description = "Further options of the block.";
      };
    };
  };
  yesNo = v: if builtins.isBool v then lib.boolToYesNo v else toString v;
  line = key: v: lib.optionalString (v != null) "  ${key} ${yesNo v}\n";
  blockText =
    { name, data }:
    "Host ${if data.host == null then name else data.host}\n"
    + line "HostName" data.hostname
    + line "User" data.user
    + line "Port" data.port
    + lib.concatMapStrings (line "IdentityFile") data.identityFile
    + line "IdentitiesOnly" data.identitiesOnly
    + line "ForwardAgent" data.forwardAgent
    + line "ProxyJump" data.proxyJump
    + line "Compression" data.compression
    + line "ServerAliveInterval" data.serverAliveInterval
    + lib.concatStrings (lib.mapAttrsToList line data.extraOptions);
  # The block for all hosts comes last, since the first value of an option counts.
  sorted = lib.hm.dag.topoSort (removeAttrs cfg.matchBlocks [ "*" ]);
in
{
  options.programs.ssh = {
    enable = lib.mkEnableOption "SSH client configuration";
    package = lib.mkPackageOption pkgs "openssh" {
      nullable = true;
      default = null;
    };
    enableDefaultConfig = mkOption {
      type = types.bool;
      default = true;
      description = "Whether the block for all hosts starts with defaults.";
    };
    matchBlocks = mkOption {
      type = lib.hm.types.dagOf block;
      default = { };
      example = {
        "john.example.com" = {
          user = "john";
        };
      };
      description = "Blocks of options by host.";
    };
    extraConfig = mkOption {
      type = types.lines;
      default = "";
      description = "Lines that are added to the configuration as they are.";
    };
    includes = mkOption {
      type = types.listOf types.str;
      default = [ ];
      description = "Further files of configuration.";
    };
  };
  config = lib.mkIf cfg.enable {
    assertions = [
      {
        assertion = sorted ? result;
        message = "programs.ssh.matchBlocks: the order of the blocks has a cycle.";
      }
    ];
    programs.ssh.matchBlocks."*" = lib.mkIf cfg.enableDefaultConfig {
      forwardAgent = lib.mkDefault false;
      compression = lib.mkDefault false;
      serverAliveInterval = lib.mkDefault 0;
    };
    home.packages = lib.optional (cfg.package != null) cfg.package;
    home.file.".ssh/config".text =
      lib.concatMapStrings (i: "Include ${i}\n") cfg.includes
      + lib.concatMapStringsSep "\n" blockText (
        sorted.result
        ++ lib.optional (cfg.matchBlocks ? "*") {
          name = "*";
          inherit (cfg.matchBlocks."*") data;
        }
      )
      + cfg.extraConfig;
  };
}
