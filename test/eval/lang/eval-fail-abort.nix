abort "no more"
