# YAML for Python.
{
  lib,
  stdenv,
  python,
}:
stdenv.mkDerivation {
  pname = "python3.13-pyyaml";
  version = "6.0.3";
  propagatedBuildInputs = [ python ];
  meta = {
    description = "YAML parser and emitter for Python";
    license = lib.licenses.mit;
  };
}
