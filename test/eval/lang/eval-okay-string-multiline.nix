"one
  two
three\
 four"
