# Derivations out of text and out of other derivations: files, scripts, environments and shells, as modules make them.
{
  lib,
  pkgs,
  stdenv,
}:
let
  inherit (lib) concatMapStrings escapeShellArg;

  # Nothing is gained by looking for these in a cache, or by sending them to another machine.
  cheap = {
    preferLocalBuild = true;
    allowSubstitutes = false;
  };
  script = text: "#!${pkgs.runtimeShell}\n${text}\n";
in
rec {
  runCommand =
    name: env: commands:
    stdenv.mkDerivation (
      env
      // {
        inherit name;
        buildCommand = commands;
        passAsFile = [ "buildCommand" ] ++ env.passAsFile or [ ];
      }
    );
  runCommandLocal = name: env: runCommand name (cheap // env);

  # `destination` is the place below the output; a program in /bin is what the package runs.
  writeTextFile =
    args@{ name, text, ... }:
    let
      destination = args.destination or "";
      isProgram = args.executable or false && lib.hasPrefix "/bin/" destination;
    in
    stdenv.mkDerivation (
      cheap
      // {
        inherit destination name text;
        executable = args.executable or false;
        checkPhase = args.checkPhase or "";
        passAsFile = [ "text" ];
        buildCommand = ''
          file=$out$destination
          mkdir -p "$(dirname "$file")"
          cp "$textPath" "$file"
          test -z "$executable" || chmod +x "$file"
          eval "$checkPhase"
        '';
        meta = lib.optionalAttrs isProgram { mainProgram = baseNameOf destination; } // args.meta or { };
      }
      // args.derivationArgs or { }
    );
  writeText = name: text: writeTextFile { inherit name text; };
  writeTextDir = path: text: writeTextFile { name = baseNameOf path; inherit text; destination = "/${path}"; };
  program = place: text: place // { executable = true; inherit text; };
  writeScript = name: text: writeTextFile (program { inherit name; } text);
  writeScriptBin = name: text: writeTextFile (program { inherit name; destination = "/bin/${name}"; } text);
  writeShellScript = name: text: writeScript name (script text);
  writeShellScriptBin = name: text: writeScriptBin name (script text);
  writeShellApplication =
    args@{ name, text, ... }:
    let
      options = args.bashOptions or [ "errexit" "nounset" "pipefail" ];
      path = lib.optionalString (args.runtimeInputs or [ ] != [ ]) "export PATH=${lib.makeBinPath args.runtimeInputs}:$PATH\n";
    in
    writeTextFile {
      inherit name;
      meta = args.meta or { };
      executable = true;
      destination = "/bin/${name}";
      text = script (concatMapStrings (option: "set -o ${option}\n") options + path + text);
    };

  symlinkJoin =
    args@{ paths, ... }:
    runCommand (args.name or "${args.pname}-${args.version}") {
      inherit paths;
      passAsFile = [ "paths" ];
    } "mkdir $out\nfor path in $(cat $pathsPath); do cp -rs $path/. $out; done\n${args.postBuild or ""}";
  linkFarm =
    name: entries:
    let
      list = if lib.isList entries then entries else lib.mapAttrsToList (name: path: { inherit name path; }) entries;
      link = { name, path }: "link ${escapeShellArg name} ${escapeShellArg "${path}"}\n";
    in
    runCommand name { } "link() { mkdir -p \"$(dirname \"$out/$1\")\"; ln -s \"$2\" \"$out/$1\"; }\n${concatMapStrings link list}";
  buildEnv =
    args@{ paths, ... }:
    runCommand (args.name or "env") {
      pathsToLink = args.pathsToLink or [ "/" ];
      ignoreCollisions = args.ignoreCollisions or false;
      extraPrefix = args.extraPrefix or "";
      # As one text, since a package brings its priority and its outputs along.
      chosen = builtins.toJSON (
        map (package: {
          priority = package.meta.priority or lib.meta.defaultPriority;
          paths = [ "${lib.getBin package}" ] ++ map (output: "${lib.getOutput output package}") (args.extraOutputsToInstall or [ ]);
        }) (lib.filter (package: package != null) paths)
      );
      passAsFile = [ "chosen" ];
    } "mkdir $out\nbuild-env < $chosenPath\n${args.postBuild or ""}";
  mkShell =
    args:
    stdenv.mkDerivation (
      {
        name = "nix-shell";
        buildCommand = "touch $out";
      }
      // removeAttrs args [ "inputsFrom" "packages" ]
      // {
        nativeBuildInputs = args.packages or [ ] ++ args.nativeBuildInputs or [ ] ++ args.inputsFrom or [ ];
      }
    );
  mkShellNoCC = mkShell;

  emptyFile = runCommandLocal "empty-file" { } "touch $out";
  emptyDirectory = runCommandLocal "empty-directory" { } "mkdir $out";
}
