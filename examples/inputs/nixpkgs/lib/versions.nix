# Parts of version strings such as "1.2.3".
{ lib }:
let
  part = index: version: lib.elemAt (builtins.splitVersion version) index;
in
rec {
  inherit (builtins) compareVersions splitVersion;
  major = part 0;
  minor = part 1;
  patch = part 2;
  majorMinor = version: lib.concatStringsSep "." (lib.take 2 (builtins.splitVersion version));
  pad =
    n: version:
    let
      numbers = lib.take n (builtins.splitVersion (builtins.head (lib.splitString "-" version)));
      rest = builtins.tail (lib.splitString "-" version);
    in
    lib.concatStringsSep "-" (
      [ (lib.concatStringsSep "." (numbers ++ lib.replicate (n - builtins.length numbers) "0")) ] ++ rest
    );
}
