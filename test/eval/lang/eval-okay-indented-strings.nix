[
  ''''
  ''x''
  ''
    a
      b
    c
  ''
  ''
    a

      b
  ''
  ''    text
  ''
  ''
    no newline''
  ''
	tab
  ''
]
