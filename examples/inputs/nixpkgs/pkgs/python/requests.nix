# The HTTP library that most Python scripts start with.
{
  lib,
  stdenv,
  python,
}:
stdenv.mkDerivation {
  pname = "python3.13-requests";
  version = "2.32.5";
  propagatedBuildInputs = [ python ];
  meta = {
    description = "HTTP library for Python";
    license = lib.licenses.asl20;
  };
}
