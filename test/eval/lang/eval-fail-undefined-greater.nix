# `a > b` is a call of `b < a`, whose first variable is `b`.
nowhere > nothing
