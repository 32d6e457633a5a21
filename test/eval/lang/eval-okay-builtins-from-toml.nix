builtins.fromTOML ''
  title = "x" # comment
  n = 1_000
  h = 0xff
  f = 1.5
  b = true
  l = [1, 2,
       3]
  t = { x = 1, y.z = "q" }
  s = """
  two
  lines"""
  raw = 'C:\n'
  [a.b]
  c = 1
  [[p]]
  q = 1
  [[p]]
  q = 2
''
