# An extension of `lib` that knows the revision of the flake it came from.
self: _: prev: {
  trivial = prev.trivial // {
    versionSuffix = ".${
      builtins.substring 0 8 (self.lastModifiedDate or "19700101000000")
    }.${self.shortRev or "dirty"}";
    revisionWithDefault = fallback: self.rev or fallback;
  };
}
