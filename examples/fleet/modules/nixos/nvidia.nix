# A graphics card for computing: its driver, and no screen.
{
  flake.modules.nixos.nvidia =
    { config, lib, ... }:
    {
      hardware.graphics.enable = true;
      fleet.monitoring.labels.gpu = "nvidia";
      fleet.monitoring.checks.gpu = {
        command = "nvidia-smi";
        severity = "critical";
      };
    };
}
