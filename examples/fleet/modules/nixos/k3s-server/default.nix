# A Kubernetes control plane. No machine has it at present: the cluster it was for is gone.
{
  flake.modules.nixos.k3s-server =
    { lib, ... }:
    {
      options.fleet.cluster.token = lib.mkOption {
        type = lib.types.str;
        description = "The file that holds the token of the cluster.";
      };
      config.boot.kernel.sysctl."net.ipv4.ip_forward" = 1;
    };
}
