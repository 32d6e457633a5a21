# The packages of the unstable channel, one a line: what it is, which packages it is built with, its license.
#
# The command of a package has the name of the package unless `command` says otherwise (null: it has none), and a package is
# for every Unix unless `on` says less. top-level.nix makes derivations of them; what a line cannot say is in special.nix.
{ lib }:
let
  inherit (lib.platforms) darwin linux;
in
with lib.licenses;
{
  age = { version = "1.2.1"; about = "Encrypts files to small keys"; license = bsd3; };
  bash = { version = "5.3p3"; about = "The shell that scripts are written for"; needs = [ "ncurses" ]; license = gpl3Plus; extra.shellPath = "/bin/bash"; };
  bat = { version = "0.26.0"; about = "Prints files in colours"; needs = [ "less" ]; license = asl20; };
  btop = { version = "1.4.5"; about = "Shows what the machine is busy with"; license = asl20; };
  cacert = { version = "3.118"; about = "Certificates that programs trust"; command = null; license = mpl20; };
  caddy = { version = "2.10.2"; about = "A web server that gets its own certificates"; license = asl20; };
  coreutils = { version = "9.9"; about = "The commands that every Unix has"; command = null; license = gpl3Plus; };
  curl = { version = "8.17.0"; about = "Transfers what a URL names"; needs = [ "openssl" "zlib" ]; outputs = [ "bin" "dev" "out" ]; license = curl; };
  direnv = { version = "2.37.1"; about = "Loads an environment on entering a directory"; needs = [ "bash" ]; license = mit; };
  docker = { version = "29.0.2"; about = "Runs programs in containers"; license = asl20; };
  eza = { version = "0.23.4"; about = "Lists directories in colours"; license = mit; };
  fd = { version = "10.3.0"; about = "Finds files by name"; license = asl20; };
  findutils = { version = "4.10.0"; about = "Finds files and runs commands on them"; command = "find"; license = gpl3Plus; };
  fish = { version = "4.2.1"; about = "A shell that completes what one types"; needs = [ "ncurses" ]; license = gpl2Only; extra.shellPath = "/bin/fish"; };
  fzf = { version = "0.67.0"; about = "Chooses a line by a few of its letters"; needs = [ "ncurses" ]; license = mit; };
  gawk = { version = "5.3.2"; about = "Works on files line by line"; license = gpl3Plus; };
  gettext = { version = "0.26"; about = "Translates what programs say"; license = gpl3Plus; };
  gh = { version = "2.83.1"; about = "GitHub from a shell"; needs = [ "git" ]; license = mit; };
  git = { version = "2.52.0"; about = "Keeps the history of files"; needs = [ "curl" "gettext" "openssl" "zlib" ]; outputs = [ "out" "doc" ]; license = gpl2Only; };
  gnugrep = { version = "3.12"; about = "Finds lines that match"; command = "grep"; license = gpl3Plus; };
  gnused = { version = "4.9"; about = "Edits text as it passes"; command = "sed"; license = gpl3Plus; };
  gnutar = { version = "1.35"; about = "Packs files into one"; command = "tar"; license = gpl3Plus; };
  grub2 = { version = "2.12"; about = "Starts an operating system"; needs = [ "gettext" "python3" ]; command = "grub-install"; on = linux; license = gpl3Plus; };
  gzip = { version = "1.14"; about = "Makes files smaller"; license = gpl3Plus; };
  hello = { version = "2.12.3"; about = "Greets"; license = gpl3Plus; };
  htop = { version = "3.4.1"; about = "Shows processes"; needs = [ "ncurses" ]; license = gpl2Only; };
  iproute2 = { version = "6.17.0"; about = "Sets up network interfaces and routes"; command = "ip"; on = linux; license = gpl2Only; };
  iptables = { version = "1.8.11"; about = "Tells the kernel which packets to drop"; on = linux; license = gpl2Plus; };
  jq = { version = "1.8.1"; about = "Asks questions of JSON"; license = mit; };
  just = { version = "1.43.1"; about = "Runs the commands that a project names"; license = cc0; };
  kmod = { version = "34.2"; about = "Loads kernel modules"; needs = [ "zlib" ]; on = linux; license = lgpl21Plus; };
  less = { version = "685"; about = "Shows a text page by page"; needs = [ "ncurses" ]; license = gpl3Plus; };
  linux-firmware = { version = "20251125"; about = "What the kernel loads into devices"; command = null; on = linux; license = unfreeRedistributable // { free = true; }; };
  # Its build fails with the SDK that this channel has moved to.
  mactop = { version = "2.0.8"; about = "Shows how busy Apple's processors are"; on = darwin; license = mit; broken = true; };
  man-db = { version = "2.13.1"; about = "Shows manuals"; needs = [ "less" ]; command = "man"; license = gpl2Plus; };
  mas = { version = "2.2.2"; about = "Apple's shop of applications from a shell"; on = darwin; license = mit; };
  nano = { version = "8.7"; about = "A small editor"; needs = [ "gettext" "ncurses" ]; license = gpl3Plus; };
  ncurses = { version = "6.5"; about = "Draws in terminals"; command = null; license = mit; };
  neovim = { version = "0.11.5"; about = "An editor with modes and extensions"; needs = [ "gettext" "ncurses" ]; command = "nvim"; license = asl20; };
  nginx = { version = "1.29.3"; about = "Serves and forwards web pages"; needs = [ "openssl" "zlib" ]; license = bsd2; };
  nh = { version = "4.2.0"; about = "Nix commands in fewer words"; license = mit; };
  nix = { version = "2.34.8"; about = "Builds packages the same way everywhere"; needs = [ "curl" "openssl" ]; license = lgpl21Plus; };
  nix-direnv = { version = "3.1.0"; about = "Flakes as environments of direnv"; needs = [ "gnugrep" "nix" ]; license = mit; };
  nixos-facter = { version = "0.4.1"; about = "Writes down what hardware a machine has"; needs = [ "systemd" ]; on = linux; license = gpl3Plus; };
  nodejs = { version = "24.11.1"; about = "Runs JavaScript"; needs = [ "openssl" "python3" "zlib" ]; command = "node"; license = mit; };
  # The runner that it brings along builds no more, in no version.
  ollama = { version = "0.13.0"; about = "Runs language models"; license = mit; broken = true; };
  openssh = { version = "10.2p1"; about = "Shells on other machines"; needs = [ "openssl" "zlib" ]; command = "ssh"; license = bsd2; };
  openssl = { version = "3.6.0"; about = "Cryptography and TLS"; needs = [ "perl" ]; outputs = [ "bin" "dev" "out" ]; license = asl20; };
  openssl_1_1 = { version = "1.1.1w"; about = "Cryptography and TLS, as it was"; needs = [ "perl" ]; command = "openssl"; license = asl20; knownVulnerabilities = [ "gets no security fixes since 2023" ]; };
  opentofu = { version = "1.10.7"; about = "Creates infrastructure from a description"; command = "tofu"; license = mpl20; };
  perl = { version = "5.42.0"; about = "Runs Perl"; license = artistic2; };
  python3 = { version = "3.13.9"; about = "Runs Python"; needs = [ "ncurses" "openssl" "zlib" ]; license = psfl; };
  restic = { version = "0.18.1"; about = "Backs up to many places"; license = bsd2; };
  ripgrep = { version = "15.1.0"; about = "Finds lines in many files, quickly"; command = "rg"; license = mit; };
  rsync = { version = "3.4.1"; about = "Copies what has changed"; needs = [ "openssl" "perl" "zlib" ]; license = gpl3Plus; };
  shadow = { version = "4.18.0"; about = "Accounts and their passwords"; command = "passwd"; on = linux; license = bsd3; };
  sops = { version = "3.11.0"; about = "Keeps secrets in encrypted files"; license = mpl20; };
  starship = { version = "1.24.1"; about = "A prompt for every shell"; license = isc; };
  sudo = { version = "1.9.17p2"; about = "Runs a command as root"; license = isc; };
  systemd = { version = "258.2"; about = "Starts a Linux and looks after its services"; needs = [ "gettext" "kmod" "util-linux" ]; command = "systemctl"; on = linux; license = lgpl21Plus; };
  tailscale = { version = "1.90.8"; about = "A private network between machines anywhere"; license = bsd3; };
  terraform = { version = "1.14.0"; about = "Creates infrastructure from a description"; license = bsl11; };
  tmux = { version = "3.6"; about = "Several terminals in one, kept while one is away"; needs = [ "ncurses" ]; license = isc; };
  tzdata = { version = "2025b"; about = "Time zones"; command = null; license = publicDomain; };
  util-linux = { version = "2.41.2"; about = "Commands that a Linux needs"; needs = [ "gettext" "ncurses" ]; command = null; license = gpl2Plus; };
  vim = { version = "9.1.1869"; about = "An editor with modes"; needs = [ "gettext" "ncurses" ]; license = vim; };
  vscode = { version = "1.106.2"; about = "Microsoft's editor"; command = "code"; license = unfree; };
  wget = { version = "1.25.0"; about = "Downloads"; needs = [ "openssl" "zlib" ]; license = gpl3Plus; };
  wireguard-tools = { version = "1.0.20250521"; about = "Sets up encrypted tunnels"; command = "wg"; license = gpl2Only; };
  zerotierone = { version = "1.16.0"; about = "A private network that looks like one cable"; needs = [ "openssl" ]; command = "zerotier-cli"; license = mpl20; };
  zlib = { version = "1.3.1"; about = "Makes data smaller"; command = null; license = zlib; };
  zsh = { version = "5.9"; about = "A shell with many settings"; needs = [ "ncurses" ]; license = mit; extra.shellPath = "/bin/zsh"; };
}
