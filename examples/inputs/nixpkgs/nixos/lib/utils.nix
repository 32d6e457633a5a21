# The module argument `utils`: small functions that several NixOS modules share.
{ lib }:
{
  # What systemd calls the unit of a path.
  escapeSystemdPath =
    path:
    let
      trimmed = lib.removePrefix "/" (lib.removeSuffix "/" path);
      escaped = lib.replaceStrings [ "\\" "-" " " "/" ] [ "\\x5c" "\\x2d" "\\x20" "-" ] trimmed;
    in
    if trimmed == "" then "-" else escaped;
  # A shell is a package that says where its program is, or a path.
  toShellPath = shell: toString shell + shell.shellPath or "";
}
