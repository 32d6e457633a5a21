# import-tree, reduced to its public interface: a module out of every .nix file below a directory.
#
# The flake's outputs *are* the callable object, so `inputs.import-tree ./modules` works, as does `inputs.import-tree.filter`.
{
  description = "Import every Nix module below a directory";

  outputs = _: import ./.;
}
