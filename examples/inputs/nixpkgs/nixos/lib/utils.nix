# The module argument `utils`: names of systemd units from paths, and other small things that several modules need.
{ lib, ... }:
rec {
  escapeSystemdPath =
    path:
    let
      trimmed = lib.removePrefix "/" (lib.removeSuffix "/" path);
      special = [
        "-"
        " "
        "\\"
      ];
      escaped = lib.replaceStrings special (map (c: "\\x${lib.toLower (lib.toHexString (lib.strings.charToInt c))}") special) trimmed;
    in
    if trimmed == "" then "-" else lib.replaceStrings [ "/" ] [ "-" ] escaped;
  escapeSystemdExecArg =
    arg:
    lib.replaceStrings [ "%" "$" ] [ "%%" "$$" ] (builtins.toJSON (toString arg));
  escapeSystemdExecArgs = lib.concatMapStringsSep " " escapeSystemdExecArg;
  toShellPath = shell: if lib.isDerivation shell then "${shell}${shell.shellPath or ""}" else toString shell;
}
