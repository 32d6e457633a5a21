# Sets that are written in pieces are one set, as deep as the pieces go.
{
  a.b = 1;
  a.c.d = 2;
  a = { e = 3; };
  f = { g.h = 4; };
  f.g.i = 5;
  "j".k = 6;
  j."l m" = 7;
}
