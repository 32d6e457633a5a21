# Assertions with messages, for `assert` in functions that are not modules.
{ lib }:
rec {
  assertMsg = pred: message: pred || throw message;
  assertOneOf =
    name: value: allowed:
    assertMsg (builtins.elem value allowed)
      "${name} must be one of ${lib.generators.toPretty { } allowed}, but is: ${lib.generators.toPretty { } value}";
  assertEachOneOf =
    name: values: allowed:
    lib.all (value: assertOneOf "each element in ${name}" value allowed) values;
  # Throws when an assertion fails, warns otherwise: what a module evaluation does with both lists at its end.
  checkAssertWarn =
    assertions: warnings: value:
    let
      failed = map (a: a.message) (lib.filter (a: !a.assertion) assertions);
    in
    if failed != [ ] then
      throw "\nFailed assertions:\n${lib.concatMapStringsSep "\n" (m: "- ${m}") failed}"
    else
      lib.showWarnings warnings value;
}
