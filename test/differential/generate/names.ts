// Names of variables and attributes. Nix looks through sets in the order in which it first met their names, those that it
// knows itself before all others. A batch mentions all of them in one order, so that the company which an expression
// comes in changes nothing.

/** In the order in which both evaluators meet them. */
export const nameOrder = ["type", "name", "value", "x", "_", "a", "a'", "a-b", "b", "c", "d", "foo", "y"]
