# A graphics card for computing: its driver, and no screen.
{
  flake.modules.nixos.nvidia = {
    hardware.graphics.enable = true;
    fleet.monitoring.labels.gpu = "nvidia";
    fleet.monitoring.checks.gpu = {
      command = "nvidia-smi";
      severity = "critical";
    };
  };
}
