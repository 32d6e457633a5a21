# Fixed points and the overlays that extend them: the mechanism under package sets, `lib` itself and `extendModules`.
# An extension is `final: prev: { ... }`; `final` is the finished set, `prev` what the layers below gave.
{ lib }:
rec {
  fix =
    f:
    let
      self = f self;
    in
    self;

  # As `fix`, and the result keeps its own unfixed function, so that it can be extended afterwards.
  fix' =
    f:
    let
      self = f self // {
        __unfix__ = f;
      };
    in
    self;

  converge =
    f: x:
    let
      next = f x;
    in
    if next == x then x else converge f next;

  extends =
    overlay: f: final:
    let
      prev = f final;
    in
    prev // overlay final prev;

  composeExtensions =
    first: second: final: prev:
    let
      below = first final prev;
    in
    below // second final (prev // below);

  composeManyExtensions = lib.foldr composeExtensions (_: _: { });

  makeExtensible = makeExtensibleWithCustomName "extend";

  makeExtensibleWithCustomName =
    name: rattrs:
    fix' (
      self:
      rattrs self
      // {
        ${name} = overlay: makeExtensibleWithCustomName name (extends overlay rattrs);
      }
    );

  # An extension may be given as an attribute set, as `prev: { }` or as `final: prev: { }`.
  toExtension =
    ext:
    if lib.isFunction ext then
      final: prev:
      let
        once = ext prev;
      in
      if lib.isFunction once then ext final prev else once
    else
      _: _: ext;
}
