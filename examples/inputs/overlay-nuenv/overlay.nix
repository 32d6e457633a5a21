# `nuenv.writeScript { name; text; }`: an executable in the store, written like `writeShellScriptBin` but checked for a name.
final: _prev: {
  nuenv = {
    writeScript =
      { name, text }:
      if builtins.match "[a-z][a-z0-9-]*" name == null then
        throw "nuenv.writeScript: `${name}` is no name for a command"
      else
        final.writeShellScriptBin name text;
  };
}
