# Derivations out of text and out of other derivations: what modules make their configuration files, scripts and
# environments with.
{
  lib,
  stdenv,
  pkgs,
}:
rec {
  runCommand =
    name: env: buildCommand:
    stdenv.mkDerivation (
      {
        inherit name buildCommand;
        enableParallelBuilding = true;
        passAsFile = [ "buildCommand" ] ++ (env.passAsFile or [ ]);
      }
      // removeAttrs env [ "passAsFile" ]
    );
  runCommandLocal =
    name: env:
    runCommand name (
      {
        preferLocalBuild = true;
        allowSubstitutes = false;
      }
      // env
    );
  runCommandCC = runCommand;

  writeTextFile =
    {
      name,
      text,
      executable ? false,
      destination ? "",
      checkPhase ? "",
      meta ? { },
      allowSubstitutes ? false,
      preferLocalBuild ? true,
      derivationArgs ? { },
    }:
    stdenv.mkDerivation (
      {
        inherit
          name
          text
          executable
          destination
          checkPhase
          allowSubstitutes
          preferLocalBuild
          ;
        passAsFile = [ "text" ];
        buildCommand = ''
          target=$out$destination
          mkdir -p "$(dirname "$target")"
          mv "$textPath" "$target"
          if [ -n "$executable" ]; then chmod +x "$target"; fi
          eval "$checkPhase"
        '';
        meta =
          lib.optionalAttrs (executable && lib.hasPrefix "/bin/" destination) {
            mainProgram = lib.removePrefix "/bin/" destination;
          }
          // meta;
      }
      // derivationArgs
    );
  writeText =
    name: text:
    writeTextFile { inherit name text; };
  writeTextDir =
    path: text:
    writeTextFile {
      name = baseNameOf path;
      inherit text;
      destination = "/${path}";
    };
  writeScript =
    name: text:
    writeTextFile {
      inherit name text;
      executable = true;
    };
  writeScriptBin =
    name: text:
    writeTextFile {
      inherit name text;
      executable = true;
      destination = "/bin/${name}";
    };
  writeShellScript = name: text: writeScript name "#!${pkgs.runtimeShell}\n${text}\n";
  writeShellScriptBin = name: text: writeScriptBin name "#!${pkgs.runtimeShell}\n${text}\n";
  writeShellApplication =
    {
      name,
      text,
      runtimeInputs ? [ ],
      runtimeEnv ? { },
      bashOptions ? [
        "errexit"
        "nounset"
        "pipefail"
      ],
      meta ? { },
      checkPhase ? null,
      ...
    }:
    writeTextFile {
      inherit name meta;
      executable = true;
      destination = "/bin/${name}";
      checkPhase = if checkPhase == null then "" else checkPhase;
      text =
        "#!${pkgs.runtimeShell}\n"
        + lib.concatMapStrings (o: "set -o ${o}\n") bashOptions
        + lib.optionalString (runtimeEnv != { }) (
          lib.concatStrings (lib.mapAttrsToList (n: v: "export ${lib.toShellVar n v}\n") runtimeEnv)
        )
        + lib.optionalString (runtimeInputs != [ ]) "\nexport PATH=\"${lib.makeBinPath runtimeInputs}:$PATH\"\n"
        + "\n${text}\n";
    };
  concatTextFile =
    {
      name,
      files,
      executable ? false,
      destination ? "",
    }:
    runCommandLocal name {
      inherit files executable destination;
    } "cat $files > $out$destination";
  concatText = name: files: concatTextFile { inherit name files; };

  symlinkJoin =
    args@{
      paths,
      name ? "${args.pname}-${args.version}",
      postBuild ? "",
      ...
    }:
    runCommand name (
      removeAttrs args [
        "name"
        "postBuild"
      ]
      // {
        passAsFile = [ "paths" ];
      }
    ) "mkdir -p $out\nfor path in $(cat $pathsPath); do cp -rs $path/. $out; done\n${postBuild}";
  linkFarm =
    name: entries:
    let
      list =
        if builtins.isAttrs entries then
          lib.mapAttrsToList (name: path: { inherit name path; }) entries
        else
          entries;
    in
    runCommand name {
      passthru.entries = lib.listToAttrs (map (e: lib.nameValuePair e.name e.path) list);
    } "mkdir -p $out\ncd $out\n${lib.concatMapStrings (e: "mkdir -p \"$(dirname ${lib.escapeShellArg e.name})\"\nln -s ${lib.escapeShellArg "${e.path}"} ${lib.escapeShellArg e.name}\n") list}";
  linkFarmFromDrvs =
    name: drvs:
    linkFarm name (
      map (drv: {
        inherit (drv) name;
        path = drv;
      }) drvs
    );
  buildEnv =
    {
      name ? "env",
      paths,
      pathsToLink ? [ "/" ],
      extraOutputsToInstall ? [ ],
      ignoreCollisions ? false,
      postBuild ? "",
      passthru ? { },
      meta ? { },
      extraPrefix ? "",
      ...
    }:
    runCommand name {
      inherit
        extraPrefix
        ignoreCollisions
        meta
        passthru
        pathsToLink
        ;
      # One JSON text rather than a list: priorities and outputs travel with each package.
      pkgs = builtins.toJSON (
        map (drv: {
          paths = [ "${lib.getBin drv}" ] ++ map (o: "${lib.getOutput o drv}") extraOutputsToInstall;
          priority = drv.meta.priority or lib.meta.defaultPriority;
        }) (lib.filter (p: p != null) paths)
      );
      passAsFile = [ "pkgs" ];
    } "mkdir -p $out\nbuild-env < $pkgsPath\n${postBuild}";
  mkShell =
    args@{
      packages ? [ ],
      inputsFrom ? [ ],
      shellHook ? "",
      ...
    }:
    stdenv.mkDerivation (
      removeAttrs args [
        "packages"
        "inputsFrom"
      ]
      // {
        name = args.name or "nix-shell";
        nativeBuildInputs = packages ++ args.nativeBuildInputs or [ ] ++ inputsFrom;
        inherit shellHook;
        buildCommand = "touch $out";
      }
    );
  mkShellNoCC = mkShell;

  emptyFile = runCommandLocal "empty-file" { } "touch $out";
  emptyDirectory = runCommandLocal "empty-directory" { } "mkdir $out";
  # A script that other derivations source while they build.
  makeSetupHook =
    {
      name,
      propagatedBuildInputs ? [ ],
      ...
    }:
    script:
    runCommand name { inherit propagatedBuildInputs script; } "mkdir -p $out/nix-support\ncp $script $out/nix-support/setup-hook";
  makeWrapper = makeSetupHook { name = "make-wrapper-hook"; } ./make-wrapper.sh;
  makeBinaryWrapper = makeWrapper;
  installShellFiles = makeSetupHook { name = "install-shell-files"; } ./install-shell-files.sh;
  replaceVars =
    path: replacements:
    runCommandLocal (baseNameOf (toString path)) {
      src = path;
      replacements = builtins.toJSON replacements;
    } "replace-vars < $src > $out";
}
