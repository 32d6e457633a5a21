# Compressed swap in memory: servers have little of it, and disks that swapping would wear.
{
  flake.modules.nixos.base =
    { config, lib, ... }:
    let
      cfg = config.fleet.swap;
    in
    {
      options.fleet.swap = {
        enable = lib.mkEnableOption "compressed swap in memory";
        percent = lib.mkOption {
          type = lib.types.ints.between 1 200;
          default = 30;
          description = "The size of swap, in percent of memory.";
        };
      };

      config = {
        fleet.swap.enable = lib.mkDefault true;
        fleet.swap.percent = lib.mkDefault 50;

        environment.etc."systemd/zram-generator.conf" = lib.mkIf cfg.enable {
          text = ''
            [zram0]
            zram-size = ram * ${toString cfg.percent} / 100
          '';
        };
      };
    };
}
