[
  ((x: x) 1)
  ((x: y: x - y) 5 3)
  ((x: y: z: [ x y z ]) 1 2 3)
  (let add = x: y: x + y; inc = add 1; in [ (inc 1) (inc 2) ])
  ((_: 1) (throw "never"))
]
