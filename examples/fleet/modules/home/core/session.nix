# What every shell of a home starts with.
{
  flake.modules.homeManager.core =
    {
      config,
      lib,
      pkgs,
      ...
    }:
    {
      options.fleet.editor = lib.mkOption {
        type = lib.types.str;
        example = "nano";
        description = "The command that programs start when a text is to be edited.";
      };

      config = {
        fleet.editor = lib.mkDefault "vim";
        home.sessionVariables = {
          EDITOR = config.fleet.editor;
          PAGER = lib.mkDefault "less";
        };
        home.packages = [ pkgs.jq ];
      };
    };
}
