# The packages of the stable channel, one a line: version, what it is, what it is built with, license, and what is unlike the
# others (a `command` of another name, `on` fewer platforms, `extra` attributes).
{ lib }:
let
  inherit (lib.platforms) darwin linux;
in
with lib.licenses;
{
  age = { version = "1.2.0"; about = "Encrypts files to small keys"; license = bsd3; };
  bash = { version = "5.2p37"; about = "The shell that scripts are written for"; needs = [ "ncurses" ]; license = gpl3Plus; extra.shellPath = "/bin/bash"; };
  bat = { version = "0.25.0"; about = "Prints files in colours"; needs = [ "less" ]; license = asl20; };
  btop = { version = "1.4.4"; about = "Shows what the machine is busy with"; license = asl20; };
  coreutils = { version = "9.7"; about = "The commands that every Unix has"; command = null; license = gpl3Plus; };
  curl = { version = "8.14.1"; about = "Transfers what a URL names"; needs = [ "openssl" "zlib" ]; license = curl; };
  direnv = { version = "2.36.0"; about = "Loads an environment on entering a directory"; needs = [ "bash" ]; license = mit; };
  docker = { version = "28.3.3"; about = "Runs programs in containers"; license = asl20; };
  eza = { version = "0.23.0"; about = "Lists directories in colours"; license = mit; };
  fd = { version = "10.2.0"; about = "Finds files by name"; license = asl20; };
  fish = { version = "4.0.2"; about = "A shell that completes what one types"; needs = [ "ncurses" ]; license = gpl2Only; extra.shellPath = "/bin/fish"; };
  fzf = { version = "0.65.1"; about = "Chooses a line by a few of its letters"; needs = [ "ncurses" ]; license = mit; };
  gh = { version = "2.76.2"; about = "GitHub from a shell"; needs = [ "git" ]; license = mit; };
  git = { version = "2.50.1"; about = "Keeps the history of files"; needs = [ "curl" "openssl" "zlib" ]; license = gpl2Only; };
  hello = { version = "2.12.2"; about = "Greets"; license = gpl3Plus; };
  htop = { version = "3.4.1"; about = "Shows processes"; needs = [ "ncurses" ]; license = gpl2Only; };
  jq = { version = "1.7.1"; about = "Asks questions of JSON"; license = mit; };
  just = { version = "1.42.4"; about = "Runs the commands that a project names"; license = cc0; };
  kmod = { version = "34.2"; about = "Loads kernel modules"; needs = [ "zlib" ]; on = linux; license = lgpl21Plus; };
  less = { version = "678"; about = "Shows a text page by page"; needs = [ "ncurses" ]; license = gpl3Plus; };
  mactop = { version = "0.2.7"; about = "Shows how busy Apple's processors are"; on = darwin; license = mit; };
  ncurses = { version = "6.5"; about = "Draws in terminals"; command = null; license = mit; };
  neovim = { version = "0.11.3"; about = "An editor with modes and extensions"; needs = [ "ncurses" ]; command = "nvim"; license = asl20; };
  nginx = { version = "1.28.0"; about = "Serves and forwards web pages"; needs = [ "openssl" "zlib" ]; license = bsd2; };
  nix = { version = "2.28.5"; about = "Builds packages the same way everywhere"; needs = [ "curl" "openssl" ]; license = lgpl21Plus; };
  nixos-facter = { version = "0.4.0"; about = "Writes down what hardware a machine has"; needs = [ "systemd" ]; on = linux; license = gpl3Plus; };
  nodejs = { version = "22.18.0"; about = "Runs JavaScript"; needs = [ "openssl" "zlib" ]; command = "node"; license = mit; };
  # Broken here as well, so there is nothing to fall back to.
  ollama = { version = "0.11.4"; about = "Runs language models"; license = mit; broken = true; };
  openssh = { version = "10.0p2"; about = "Shells on other machines"; needs = [ "openssl" "zlib" ]; command = "ssh"; license = bsd2; };
  openssl = { version = "3.4.3"; about = "Cryptography and TLS"; license = asl20; };
  opentofu = { version = "1.10.5"; about = "Creates infrastructure from a description"; command = "tofu"; license = mpl20; };
  postgresql = { version = "16.10"; about = "A database that speaks SQL"; needs = [ "openssl" "zlib" ]; command = "psql"; license = postgresql; };
  python3 = { version = "3.12.11"; about = "Runs Python"; needs = [ "ncurses" "openssl" "zlib" ]; license = psfl; };
  restic = { version = "0.18.0"; about = "Backs up to many places"; license = bsd2; };
  ripgrep = { version = "14.1.1"; about = "Finds lines in many files, quickly"; command = "rg"; license = mit; };
  rsync = { version = "3.4.0"; about = "Copies what has changed"; needs = [ "openssl" "zlib" ]; license = gpl3Plus; };
  sops = { version = "3.10.2"; about = "Keeps secrets in encrypted files"; license = mpl20; };
  starship = { version = "1.23.0"; about = "A prompt for every shell"; license = isc; };
  systemd = { version = "257.9"; about = "Starts a Linux and looks after its services"; needs = [ "kmod" "util-linux" ]; command = "systemctl"; on = linux; license = lgpl21Plus; };
  tailscale = { version = "1.86.2"; about = "A private network between machines anywhere"; license = bsd3; };
  terraform = { version = "1.12.2"; about = "Creates infrastructure from a description"; license = bsl11; };
  tmux = { version = "3.5a"; about = "Several terminals in one, kept while one is away"; needs = [ "ncurses" ]; license = isc; };
  util-linux = { version = "2.41.1"; about = "Commands that a Linux needs"; needs = [ "ncurses" ]; command = null; license = gpl2Plus; };
  vim = { version = "9.1.1566"; about = "An editor with modes"; needs = [ "ncurses" ]; license = vim; };
  vscode = { version = "1.103.1"; about = "Microsoft's editor"; command = "code"; license = unfree; };
  wget = { version = "1.24.5"; about = "Downloads"; needs = [ "openssl" "zlib" ]; license = gpl3Plus; };
  zerotierone = { version = "1.14.2"; about = "A private network that looks like one cable"; needs = [ "openssl" ]; command = "zerotier-cli"; license = mpl20; };
  zlib = { version = "1.3"; about = "Makes data smaller"; command = null; license = zlib; };
  zsh = { version = "5.9"; about = "A shell with many settings"; needs = [ "ncurses" ]; license = mit; extra.shellPath = "/bin/zsh"; };
}
