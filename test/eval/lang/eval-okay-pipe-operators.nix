# Values flow where the arrow points; both bind looser than all else but `if` and functions.
[
  (1 |> (x: x + 1) |> (x: x * 10))
  ((x: x + 1) <| (x: x * 10) <| 2)
  (1 + 2 |> (x: [ x ]))
  (true -> false |> (x: x))
]
