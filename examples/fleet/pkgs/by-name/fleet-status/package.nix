# Tells how long this machine has been running and which system it booted.
{ writeShellScriptBin }:
writeShellScriptBin "fleet-status" ''
  uptime
  readlink /run/current-system
''
