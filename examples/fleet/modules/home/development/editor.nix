# An editor for those who write programs: it beats the default of `core` and loses to a person's own choice.
{
  flake.modules.homeManager.development =
    { lib, ... }:
    {
      fleet.editor = lib.mkOverride 500 "nvim";
    };
}
