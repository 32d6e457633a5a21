{
  outputs =
    { self }:
    {
      packages.x86_64-linux.default = "the default package";
      packages.x86_64-linux.both = "from packages";
      legacyPackages.x86_64-linux.both = "from legacyPackages";
      legacyPackages.x86_64-linux.old = "from legacyPackages";
      packages.aarch64-linux.default = "the default package";
      packages.aarch64-linux.both = "from packages";
      legacyPackages.aarch64-linux.both = "from legacyPackages";
      legacyPackages.aarch64-linux.old = "from legacyPackages";
      both = "from the outputs";
      bare = "from the outputs";
      nested.attr."with.dot" = 1;
      broken = throw "broken output";
    };
}
