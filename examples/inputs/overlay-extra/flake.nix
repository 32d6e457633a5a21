# An overlay from outside that adds packages and changes one that nixpkgs has.
{
  description = "Packages for people who keep fleets";

  inputs.nixpkgs.url = "path:../nixpkgs";

  outputs = _: {
    overlays.default = final: prev: {
      fleet-ping = final.writeShellScriptBin "fleet-ping" ''
        for host in "$@"; do
          ping -c 1 "$host" > /dev/null && echo "$host up" || echo "$host down"
        done
      '';

      fleet-greeting = prev.writeText "fleet-greeting" "This machine is kept by its flake.\n";
    };
  };
}
