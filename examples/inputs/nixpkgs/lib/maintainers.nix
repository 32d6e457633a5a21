# The people that packages here name. They are made up.
{ lib }:
builtins.mapAttrs (github: name: {
  inherit name github;
  email = "${github}@example.org";
  githubId = lib.stringLength github * 1000;
}) {
  canopy = "Canopy Example Maintainer";
  willow = "Willow Example";
  alder = "Alder Example";
}
