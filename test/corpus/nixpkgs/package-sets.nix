# Corners of nixpkgs that pkgs/by-name does not reach: other compilers, other platforms, changed packages, and the package
# sets of languages. nixpkgs: path of a tree. Each attribute is the drvPaths of a list of packages, one a line, some of which have none.
{ nixpkgs }:
let
  importWith = settings: import nixpkgs ({ system = "x86_64-linux"; config = { }; overlays = [ ]; } // settings);
  pkgs = importWith { };
  unfree = importWith { config.allowUnfree = true; };
  darwin = importWith { system = "aarch64-darwin"; };
  drvPath = package: let path = builtins.tryEval (package.drvPath or "none"); in if path.success then path.value else "fails";
  lines = packages: builtins.concatStringsSep "\n" (map drvPath packages);
in
builtins.mapAttrs (_: lines) {
  cross = with pkgs.pkgsCross; [
    aarch64-multiplatform.hello
    aarch64-multiplatform.openssl
    aarch64-multiplatform.python3
    raspberryPi.busybox
    riscv64.curl
    mingwW64.zlib
    musl64.nginx
    aarch64-multiplatform-musl.sqlite
    armv7l-hf-multiplatform.coreutils
    wasi32.zlib
    avr.stdenv
    arm-embedded.stdenv
    aarch64-multiplatform.linux
    (importWith { crossSystem = "aarch64-linux"; }).systemd
    (importWith { crossSystem.config = "powerpc64le-unknown-linux-gnu"; }).bash
  ];

  static = with pkgs.pkgsStatic; [ hello busybox curl sqlite nix bash coreutils zlib python3 ];

  musl = with pkgs.pkgsMusl; [ hello git postgresql rustc go systemd python3 ];

  variants = [
    pkgs.pkgsi686Linux.hello
    pkgs.pkgsLLVM.zlib
    pkgs.pkgsi686Linux.wine
    pkgs.wineWowPackages.stable
    pkgs.pkgsLinux.hello
    darwin.pkgsx86_64Darwin.hello
    (pkgs.extend (final: prev: { zlib = prev.zlib.overrideAttrs { doCheck = false; }; })).curl
    (import nixpkgs { config = { }; overlays = [ ]; localSystem = { system = "x86_64-linux"; gcc.arch = "znver3"; gcc.tune = "znver3"; }; }).openssl
  ];

  overlays =
    let
      overlaid = importWith {
        overlays = [
          (final: prev: { hello = prev.hello.overrideAttrs (old: { pname = "hej"; patches = old.patches or [ ]; }); })
          (final: prev: {
            greeting = final.callPackage ({ stdenv, hello }: stdenv.mkDerivation {
              name = "greeting";
              dontUnpack = true;
              inherit hello;
            }) { };
            openssl = prev.openssl.overrideAttrs { separateDebugInfo = false; };
          })
          (final: prev: { curl = prev.curl.override { http3Support = false; }; })
          (final: prev: {
            pythonPackagesExtensions = prev.pythonPackagesExtensions ++ [
              (self: super: { requests = super.requests.overridePythonAttrs { doCheck = false; }; })
            ];
          })
        ];
      };
    in
    with overlaid; [ hello greeting curl wget git python3Packages.requests python3Packages.httpx nginx ];

  overridden = with pkgs; [
    (hello.override { stdenv = clangStdenv; })
    (hello.overrideAttrs (final: previous: { version = "9"; name = "hello-${final.version}"; }))
    (nginx.override { modules = [ nginxModules.brotli nginxModules.dav ]; })
    (ffmpeg.override { withVpx = false; })
    (vim-full.customize { name = "vim"; vimrcConfig.packages.all.start = [ vimPlugins.vim-nix vimPlugins.fugitive ]; })
    (neovim.override { configure.packages.all.start = [ vimPlugins.telescope-nvim ]; })
    (emacs.pkgs.withPackages (epkgs: [ epkgs.magit epkgs.nix-mode ]))
    (vscode-with-extensions.override { vscode = vscodium; vscodeExtensions = [ vscode-extensions.jnoortheen.nix-ide ]; })
    (texliveBasic.withPackages (ps: [ ps.collection-latexrecommended ps.biber ]))
    (hello.overrideAttrs { __structuredAttrs = true; env.LIST = "a"; list = [ "a" "b" ]; })
    (symlinkJoin { name = "joined"; paths = [ hello curl ]; })
    (writeShellApplication { name = "run"; runtimeInputs = [ jq ]; text = "jq ."; })
    (buildEnv { name = "env"; paths = [ hello man ]; extraOutputsToInstall = [ "man" "doc" ]; })
    (dockerTools.buildLayeredImage { name = "image"; contents = [ hello ]; config.Cmd = [ "hello" ]; })
    (buildFHSEnv { name = "fhs"; targetPkgs = p: [ p.zlib p.openssl ]; })
    (mkShell { packages = [ go nodejs ]; shellHook = "true"; inputsFrom = [ hello ]; })
    (fetchFromGitHub { owner = "a"; repo = "b"; rev = "v1"; hash = lib.fakeHash; fetchSubmodules = true; })
    (applyPatches { src = hello.src; patches = [ ]; })
    ((formats.toml { }).generate "x.toml" { a.b = 1; c = [ 1.5 "two" ]; })
    ((formats.yaml { }).generate "x.yaml" { a = null; b = { c = true; }; })
    (stdenvNoCC.mkDerivation (self: { pname = "p"; version = "1"; src = nixpkgs + "/lib/path"; passthru.x = self.finalPackage; }))
    (haskellPackages.ghcWithPackages (ps: [ ps.lens ps.aeson ]))
    (python3.withPackages (ps: with ps; [ numpy requests flask ]))
    (perl.withPackages (ps: [ ps.DBI ps.JSON ]))
    (ruby.withPackages (ps: [ ps.nokogiri ]))
    (lua5_4.withPackages (ps: [ ps.lpeg ]))
    (php.withExtensions ({ enabled, all }: enabled ++ [ all.imagick ]))
    (octave.withPackages (ps: [ ps.statistics ]))
    (idrisPackages.with-packages [ ])
    (ocamlPackages.callPackage ({ buildDunePackage, yojson }: buildDunePackage {
      pname = "x";
      version = "1";
      src = hello.src;
      propagatedBuildInputs = [ yojson ];
    }) { })
  ];

  python =
    map (name: pkgs.python3Packages.${name}) [
      "numpy" "pandas" "scipy" "requests" "flask" "django" "torch" "jax" "pytest" "black" "jupyterlab" "matplotlib"
      "sqlalchemy" "aiohttp" "cryptography" "pyqt6" "opencv4" "scikit-learn" "fastapi" "transformers" "boto3" "twisted"
    ]
    ++ map (name: pkgs.python313Packages.${name}) [ "lxml" "pillow" "uvicorn" "poetry-core" ]
    ++ [ darwin.python3Packages.numpy darwin.python3Packages.pyobjc-core pkgs.pypy3 pkgs.home-assistant pkgs.ansible ];

  haskell =
    map (name: pkgs.haskellPackages.${name}) [
      "lens" "aeson" "pandoc-cli" "conduit" "servant" "hlint" "xmonad" "haskell-language-server" "cabal-install"
    ]
    ++ [
      (pkgs.haskell.lib.dontCheck pkgs.haskellPackages.vector)
      (pkgs.haskellPackages.extend (self: super: { x = self.callPackage ({ mkDerivation, base }: mkDerivation {
        pname = "x";
        version = "1";
        src = pkgs.hello.src;
        libraryHaskellDepends = [ base ];
        license = "MIT";
      }) { }; })).x
      pkgs.pandoc
      pkgs.shellcheck
      darwin.haskellPackages.aeson
    ];

  node = with pkgs; [
    nodejs
    nodejs_22
    typescript
    prettier
    eslint
    pnpm
    yarn
    yarn-berry
    bun
    deno
    vscode-langservers-extracted
    nodePackages.prettier
    electron
    element-web
  ];

  kernels = with unfree; [
    linux
    linux_latest
    linuxPackages.kernel
    linuxPackages.zfs_unstable
    linuxPackages.virtualbox
    linuxPackages.v4l2loopback
    linuxPackages.wireguard-tools or wireguard-tools
    linuxPackages.nvidia_x11
    linuxPackages.bcc
    linuxPackages_zen.kernel
    linuxPackages_hardened.kernel or linux_hardened
    linux-firmware
    (linux.override { structuredExtraConfig.DEBUG_INFO = lib.mkForce lib.kernel.no; })
    (linuxPackagesFor (linux.override { argsOverride.version = "6.6.6"; })).kernel
  ];

  rust = with pkgs; [
    rustc
    cargo
    rust-analyzer
    ripgrep
    fd
    bat
    alacritty
    uutils-coreutils
    firefox-unwrapped
    tokei
    nushell
    (rustPlatform.buildRustPackage {
      pname = "x";
      version = "1";
      src = hello.src;
      cargoHash = lib.fakeHash;
      buildFeatures = [ "a" ];
    })
  ];

  languages = with unfree; [
    go
    (buildGoModule { pname = "x"; version = "1"; src = hello.src; vendorHash = null; })
    kubernetes
    terraform
    (terraform.withPlugins (p: [ p.hashicorp_random ]))
    jdk
    maven
    gradle
    kotlin
    dotnet-sdk
    powershell
    perlPackages.Moose
    rubyPackages.rails
    ocamlPackages.lwt
    coqPackages.mathcomp
    beamPackages.elixir
    erlang
    luaPackages.luasocket
    php83Packages.composer
    phpExtensions.redis
    emacsPackages.magit
    vimPlugins.nvim-treesitter.withAllGrammars
    kdePackages.kate
    qt6.qtbase
    xorg.xorgserver
    texlive.combined.scheme-medium
    cudaPackages.cudatoolkit
    steam
    discord
    google-chrome
    vscode
    julia
    zig
    swift
    racket
    sbcl
    sbclPackages.alexandria
    chickenPackages.chickenEggs.srfi-1
    crystal
    chromium
    libreoffice
    blender
    gimp
    inkscape
    obs-studio
    kodi
    retroarch
    qemu
    xen
    postgresqlPackages.postgis
    mariadb
    mongodb
    nextcloud32
    wordpress
  ];

  # What is built of whole systems: images, manuals, and tests with machines in them.
  systems =
    let
      nixos = system: module: (import (nixpkgs + "/nixos/lib/eval-config.nix") {
        inherit system;
        modules = [ module ];
      }).config.system.build;
      installer = name: nixpkgs + "/nixos/modules/installer/${name}.nix";
      minimal = { system.stateVersion = "26.05"; boot.loader.grub.enable = false; fileSystems."/".device = "x"; };
    in
    [
      (nixos "x86_64-linux" (installer "cd-dvd/installation-cd-minimal")).isoImage
      (nixos "x86_64-linux" (installer "netboot/netboot-minimal")).netbootRamdisk
      (nixos "aarch64-linux" (installer "sd-card/sd-image-aarch64")).sdImage
      (nixos "x86_64-linux" minimal).vm
      (nixos "x86_64-linux" minimal).manual.manualHTML
      (nixos "x86_64-linux" minimal).manual.optionsJSON
      pkgs.nixosTests.login
      pkgs.nixosTests.nginx
    ];
}
