if 0 then 1 else 2
