# Keys that mean other keys.
{
  config,
  lib,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.system.keyboard;
  # Codes of the USB usage tables, as `hidutil` wants them.
  codes = {
    capsLock = 30064771129;
    control = 30064771296;
    escape = 30064771113;
  };
in
{
  options.system.keyboard = {
    enableKeyMapping = lib.mkEnableOption "the mapping of keys";
    remapCapsLockToControl = mkOption {
      type = types.bool;
      default = false;
      description = "Whether Caps Lock is Control.";
    };
    remapCapsLockToEscape = mkOption {
      type = types.bool;
      default = false;
      description = "Whether Caps Lock is Escape.";
    };
    userKeyMapping = mkOption {
      type = types.listOf (types.attrsOf types.int);
      default = [ ];
      description = "Further mappings, from code to code.";
    };
  };
  config = lib.mkIf cfg.enableKeyMapping {
    assertions = [
      {
        assertion = !(cfg.remapCapsLockToControl && cfg.remapCapsLockToEscape);
        message = "Caps Lock can be Control or Escape, not both.";
      }
    ];
    system.keyboard.userKeyMapping =
      lib.optional cfg.remapCapsLockToControl {
        HIDKeyboardModifierMappingSrc = codes.capsLock;
        HIDKeyboardModifierMappingDst = codes.control;
      }
      ++ lib.optional cfg.remapCapsLockToEscape {
        HIDKeyboardModifierMappingSrc = codes.capsLock;
        HIDKeyboardModifierMappingDst = codes.escape;
      };
    system.activationScripts.keyboard.text = "hidutil property --set '${
      builtins.toJSON { UserKeyMapping = cfg.userKeyMapping; }
    }'";
  };
}
