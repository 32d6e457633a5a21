# The old way to override within a recursive set.
(rec { x = 1; y = x + 1; __overrides = { x = 10; z = 3; }; }).y
