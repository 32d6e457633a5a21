# line
/* block */ [ 1 /* in * between */ 2 # end
  /** doc */ 3 /**/ ]
