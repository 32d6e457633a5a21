# The systems of the fleet: servers and Macs.
{
  systems = [
    "x86_64-linux"
    "aarch64-darwin"
  ];
}
