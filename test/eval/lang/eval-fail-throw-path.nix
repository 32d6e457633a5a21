throw ./text.inc
