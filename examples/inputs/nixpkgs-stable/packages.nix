# The packages of the stable channel as facts: version, what the package needs, and what `meta` says about it.
{ lib }:
let
  inherit (lib) licenses platforms;
in
{
  age = {
    version = "1.2.1";
    description = "Modern encryption tool with small explicit keys";
    homepage = "https://github.com/FiloSottile/age";
    license = licenses.bsd3;
    platforms = platforms.unix;
    mainProgram = "age";
  };
  bash = {
    version = "5.2p37";
    description = "GNU Bourne-Again Shell, the de facto standard shell on Linux";
    homepage = "https://www.gnu.org/software/bash/";
    license = licenses.gpl3Plus;
    platforms = platforms.unix;
    mainProgram = "bash";
    needs = [ "ncurses" ];
    passthru.shellPath = "/bin/bash";
  };
  bat = {
    version = "0.25.0";
    description = "Cat(1) clone with syntax highlighting and Git integration";
    homepage = "https://github.com/sharkdp/bat";
    license = licenses.asl20;
    platforms = platforms.unix;
    mainProgram = "bat";
    needs = [ "less" ];
  };
  bitwarden-cli = {
    version = "2025.7.0";
    description = "Secure and free password manager for all of your devices";
    homepage = "https://github.com/bitwarden/clients";
    license = licenses.gpl3Only;
    platforms = platforms.unix;
    mainProgram = "bw";
    needs = [ "nodejs" ];
  };
  btop = {
    version = "1.4.4";
    description = "Monitor of resources";
    homepage = "https://github.com/aristocratos/btop";
    license = licenses.asl20;
    platforms = platforms.unix;
    mainProgram = "btop";
  };
  caddy = {
    version = "2.10.0";
    description = "Extensible HTTP server with automatic HTTPS";
    homepage = "https://github.com/caddyserver/caddy";
    license = licenses.asl20;
    platforms = platforms.unix;
    mainProgram = "caddy";
  };
  coreutils = {
    version = "9.7";
    description = "GNU Core Utilities";
    homepage = "https://www.gnu.org/software/coreutils/";
    license = licenses.gpl3Plus;
    platforms = platforms.unix;
  };
  curl = {
    version = "8.14.1";
    description = "Command line tool for transferring files with URL syntax";
    homepage = "https://curl.se/";
    license = licenses.curl;
    platforms = platforms.unix;
    mainProgram = "curl";
    needs = [ "openssl" "zlib" ];
  };
  d2 = {
    version = "0.7.0";
    description = "Modern diagram scripting language that turns text to diagrams";
    homepage = "https://github.com/terrastruct/d2";
    license = licenses.mpl20;
    platforms = platforms.unix;
    mainProgram = "d2";
  };
  direnv = {
    version = "2.36.0";
    description = "Shell extension that manages your environment";
    homepage = "https://github.com/direnv/direnv";
    license = licenses.mit;
    platforms = platforms.unix;
    mainProgram = "direnv";
    needs = [ "bash" ];
  };
  docker = {
    version = "28.3.3";
    description = "Open source project to pack, ship and run any application as a lightweight container";
    homepage = "https://github.com/docker/cli";
    license = licenses.asl20;
    platforms = platforms.unix;
    mainProgram = "docker";
  };
  eza = {
    version = "0.23.0";
    description = "Modern, maintained replacement for ls";
    homepage = "https://github.com/eza-community/eza";
    license = licenses.mit;
    platforms = platforms.unix;
    mainProgram = "eza";
  };
  fd = {
    version = "10.2.0";
    description = "Simple, fast and user-friendly alternative to find";
    homepage = "https://github.com/sharkdp/fd";
    license = licenses.asl20;
    platforms = platforms.unix;
    mainProgram = "fd";
  };
  fish = {
    version = "4.0.2";
    description = "Smart and user-friendly command line shell";
    homepage = "https://github.com/fish-shell/fish-shell";
    license = licenses.gpl2Only;
    platforms = platforms.unix;
    mainProgram = "fish";
    needs = [ "ncurses" ];
    passthru.shellPath = "/bin/fish";
  };
  fzf = {
    version = "0.65.1";
    description = "Command-line fuzzy finder";
    homepage = "https://github.com/junegunn/fzf";
    license = licenses.mit;
    platforms = platforms.unix;
    mainProgram = "fzf";
    needs = [ "ncurses" ];
  };
  gh = {
    version = "2.76.2";
    description = "GitHub CLI tool";
    homepage = "https://github.com/cli/cli";
    license = licenses.mit;
    platforms = platforms.unix;
    mainProgram = "gh";
    needs = [ "git" ];
  };
  git = {
    version = "2.50.1";
    description = "Distributed version control system";
    homepage = "https://git-scm.com/";
    license = licenses.gpl2Only;
    platforms = platforms.unix;
    mainProgram = "git";
    needs = [ "curl" "openssl" "zlib" ];
  };
  hello = {
    version = "2.12.2";
    description = "Program that produces a familiar, friendly greeting";
    homepage = "https://www.gnu.org/software/hello/";
    license = licenses.gpl3Plus;
    platforms = platforms.unix;
    mainProgram = "hello";
  };
  htop = {
    version = "3.4.1";
    description = "Interactive process viewer";
    homepage = "https://github.com/htop-dev/htop";
    license = licenses.gpl2Only;
    platforms = platforms.unix;
    mainProgram = "htop";
    needs = [ "ncurses" ];
  };
  iptables = {
    version = "1.8.11";
    description = "Program to configure the Linux IP packet filtering ruleset";
    homepage = "https://www.netfilter.org/projects/iptables/";
    license = licenses.gpl2Plus;
    platforms = platforms.linux;
    mainProgram = "iptables";
  };
  jq = {
    version = "1.8.1";
    description = "Lightweight and flexible command-line JSON processor";
    homepage = "https://github.com/jqlang/jq";
    license = licenses.mit;
    platforms = platforms.unix;
    mainProgram = "jq";
  };
  just = {
    version = "1.42.4";
    description = "Handy way to save and run project-specific commands";
    homepage = "https://github.com/casey/just";
    license = licenses.cc0;
    platforms = platforms.unix;
    mainProgram = "just";
  };
  kmod = {
    version = "34.2";
    description = "Tools for loading and managing Linux kernel modules";
    homepage = "https://git.kernel.org/pub/scm/utils/kernel/kmod/kmod.git";
    license = licenses.lgpl21Plus;
    platforms = platforms.linux;
    mainProgram = "kmod";
    needs = [ "zlib" ];
  };
  less = {
    version = "678";
    description = "More advanced file pager than more";
    homepage = "https://www.greenwoodsoftware.com/less/";
    license = licenses.gpl3Plus;
    platforms = platforms.unix;
    mainProgram = "less";
    needs = [ "ncurses" ];
  };
  mactop = {
    version = "0.2.7";
    description = "Terminal-based monitoring tool for Apple Silicon";
    homepage = "https://github.com/metaspartan/mactop";
    license = licenses.mit;
    platforms = platforms.darwin;
    mainProgram = "mactop";
  };
  mas = {
    version = "1.9.0";
    description = "Mac App Store command line interface";
    homepage = "https://github.com/mas-cli/mas";
    license = licenses.mit;
    platforms = platforms.darwin;
    mainProgram = "mas";
  };
  nano = {
    version = "8.5";
    description = "Small, user-friendly console text editor";
    homepage = "https://www.nano-editor.org/";
    license = licenses.gpl3Plus;
    platforms = platforms.unix;
    mainProgram = "nano";
    needs = [ "ncurses" ];
  };
  ncurses = {
    version = "6.5";
    description = "Free software emulation of curses in SVR4 and more";
    homepage = "https://www.gnu.org/software/ncurses/";
    license = licenses.mit;
    platforms = platforms.unix;
  };
  neovim = {
    version = "0.11.3";
    description = "Vim text editor fork focused on extensibility and agility";
    homepage = "https://github.com/neovim/neovim";
    license = licenses.asl20;
    platforms = platforms.unix;
    mainProgram = "nvim";
    needs = [ "ncurses" ];
  };
  nginx = {
    version = "1.28.0";
    description = "Reverse proxy and lightweight webserver";
    homepage = "https://nginx.org/";
    license = licenses.bsd2;
    platforms = platforms.unix;
    mainProgram = "nginx";
    needs = [ "openssl" "zlib" ];
  };
  nh = {
    version = "4.1.2";
    description = "Yet another Nix command line helper";
    homepage = "https://github.com/nix-community/nh";
    license = licenses.mit;
    platforms = platforms.unix;
    mainProgram = "nh";
  };
  nix = {
    version = "2.28.5";
    description = "Powerful package manager that makes package management reliable and reproducible";
    homepage = "https://github.com/NixOS/nix";
    license = licenses.lgpl21Plus;
    platforms = platforms.unix;
    mainProgram = "nix";
    needs = [ "curl" "openssl" ];
  };
  nixos-facter = {
    version = "0.4.0";
    description = "Declarative hardware configuration for NixOS";
    homepage = "https://github.com/nix-community/nixos-facter";
    license = licenses.gpl3Plus;
    platforms = platforms.linux;
    mainProgram = "nixos-facter";
    needs = [ "systemd" ];
  };
  nodejs = {
    version = "22.18.0";
    description = "Event-driven I/O framework for the V8 JavaScript engine";
    homepage = "https://nodejs.org/";
    license = licenses.mit;
    platforms = platforms.unix;
    mainProgram = "node";
    needs = [ "openssl" "zlib" ];
  };
  ollama = {
    version = "0.11.4";
    description = "Get up and running with large language models locally";
    homepage = "https://github.com/ollama/ollama";
    license = licenses.mit;
    platforms = platforms.unix;
    mainProgram = "ollama";
    # Broken here as well, so there is nothing to fall back to.
    broken = true;
  };
  openssh = {
    version = "10.0p2";
    description = "Implementation of the SSH protocol";
    homepage = "https://www.openssh.com/";
    license = licenses.bsd2;
    platforms = platforms.unix;
    mainProgram = "ssh";
    needs = [ "openssl" "zlib" ];
  };
  openssl = {
    version = "3.4.3";
    description = "Cryptographic library that implements the SSL and TLS protocols";
    homepage = "https://www.openssl.org/";
    license = licenses.asl20;
    platforms = platforms.unix;
    mainProgram = "openssl";
  };
  opentofu = {
    version = "1.10.5";
    description = "Tool for building, changing, and versioning infrastructure";
    homepage = "https://github.com/opentofu/opentofu";
    license = licenses.mpl20;
    platforms = platforms.unix;
    mainProgram = "tofu";
  };
  perl = {
    version = "5.40.0";
    description = "Standard implementation of the Perl 5 programming language";
    homepage = "https://www.perl.org/";
    license = licenses.artistic2;
    platforms = platforms.unix;
    mainProgram = "perl";
  };
  postgresql_16 = {
    version = "16.10";
    description = "Powerful, open source object-relational database system";
    homepage = "https://www.postgresql.org";
    license = licenses.postgresql;
    platforms = platforms.unix;
    mainProgram = "psql";
    needs = [ "openssl" "zlib" ];
    passthru.psqlSchema = "16";
  };
  python3 = {
    version = "3.12.11";
    description = "High-level dynamically-typed programming language";
    homepage = "https://www.python.org/";
    license = licenses.psfl;
    platforms = platforms.unix;
    mainProgram = "python3";
    needs = [ "openssl" "zlib" "ncurses" ];
  };
  quarto = {
    version = "1.7.32";
    description = "Open-source scientific and technical publishing system";
    homepage = "https://github.com/quarto-dev/quarto-cli";
    license = licenses.mit;
    platforms = platforms.unix;
    mainProgram = "quarto";
    needs = [ "nodejs" ];
  };
  ripgrep = {
    version = "14.1.1";
    description = "Utility that combines the usability of The Silver Searcher with the raw speed of grep";
    homepage = "https://github.com/BurntSushi/ripgrep";
    license = licenses.mit;
    platforms = platforms.unix;
    mainProgram = "rg";
  };
  rsync = {
    version = "3.4.1";
    description = "Fast incremental file transfer utility";
    homepage = "https://rsync.samba.org/";
    license = licenses.gpl3Plus;
    platforms = platforms.unix;
    mainProgram = "rsync";
    needs = [ "openssl" "zlib" ];
  };
  runc = {
    version = "1.3.0";
    description = "CLI tool for spawning and running containers according to the OCI specification";
    homepage = "https://github.com/opencontainers/runc";
    license = licenses.asl20;
    platforms = platforms.linux;
    mainProgram = "runc";
  };
  skhd = {
    version = "0.3.9";
    description = "Simple hotkey daemon for macOS";
    homepage = "https://github.com/koekeishiya/skhd";
    license = licenses.mit;
    platforms = platforms.darwin;
    mainProgram = "skhd";
  };
  sops = {
    version = "3.10.2";
    description = "Simple and flexible tool for managing secrets";
    homepage = "https://github.com/getsops/sops";
    license = licenses.mpl20;
    platforms = platforms.unix;
    mainProgram = "sops";
  };
  starship = {
    version = "1.23.0";
    description = "Minimal, blazing fast, and extremely customizable prompt for any shell";
    homepage = "https://github.com/starship/starship";
    license = licenses.isc;
    platforms = platforms.unix;
    mainProgram = "starship";
  };
  systemd = {
    version = "257.9";
    description = "System and service manager for Linux";
    homepage = "https://github.com/systemd/systemd";
    license = licenses.lgpl21Plus;
    platforms = platforms.linux;
    mainProgram = "systemctl";
    needs = [ "util-linux" "kmod" ];
  };
  tailscale = {
    version = "1.86.2";
    description = "Node agent for Tailscale, a mesh VPN built on WireGuard";
    homepage = "https://github.com/tailscale/tailscale";
    license = licenses.bsd3;
    platforms = platforms.unix;
    mainProgram = "tailscale";
  };
  terraform = {
    version = "1.12.2";
    description = "Tool for building, changing, and versioning infrastructure";
    homepage = "https://github.com/hashicorp/terraform";
    license = licenses.bsl11;
    platforms = platforms.unix;
    mainProgram = "terraform";
  };
  tmux = {
    version = "3.5a";
    description = "Terminal multiplexer";
    homepage = "https://github.com/tmux/tmux";
    license = licenses.isc;
    platforms = platforms.unix;
    mainProgram = "tmux";
    needs = [ "ncurses" ];
  };
  util-linux = {
    version = "2.41.1";
    description = "Set of system utilities for Linux";
    homepage = "https://www.kernel.org/pub/linux/utils/util-linux/";
    license = licenses.gpl2Plus;
    platforms = platforms.unix;
    needs = [ "ncurses" ];
  };
  vim = {
    version = "9.1.1566";
    description = "Most popular clone of the VI editor";
    homepage = "https://github.com/vim/vim";
    license = licenses.vim;
    platforms = platforms.unix;
    mainProgram = "vim";
    needs = [ "ncurses" ];
  };
  vscode = {
    version = "1.103.1";
    description = "Code editor developed by Microsoft";
    homepage = "https://code.visualstudio.com/";
    license = licenses.unfree;
    platforms = platforms.unix;
    mainProgram = "code";
  };
  wget = {
    version = "1.25.0";
    description = "Tool for retrieving files over HTTP, HTTPS and FTP";
    homepage = "https://www.gnu.org/software/wget/";
    license = licenses.gpl3Plus;
    platforms = platforms.unix;
    mainProgram = "wget";
    needs = [ "openssl" "zlib" ];
  };
  zerotierone = {
    version = "1.14.2";
    description = "Create flat virtual Ethernet networks of almost unlimited size";
    homepage = "https://github.com/zerotier/ZeroTierOne";
    license = licenses.mpl20;
    platforms = platforms.unix;
    mainProgram = "zerotier-cli";
    needs = [ "openssl" ];
  };
  zlib = {
    version = "1.3.1";
    description = "Lossless data compression library";
    homepage = "https://zlib.net/";
    license = licenses.zlib;
    platforms = platforms.unix;
  };
  zsh = {
    version = "5.9";
    description = "Z shell";
    homepage = "https://www.zsh.org/";
    license = licenses.mit;
    platforms = platforms.unix;
    mainProgram = "zsh";
    needs = [ "ncurses" ];
    passthru.shellPath = "/bin/zsh";
  };
}
