# Platforms: from a system name such as "aarch64-darwin" to the questions that packages and modules ask of it.
{ lib }:
let
  known = {
    cpus = {
      x86_64 = {
        family = "x86";
        bits = 64;
        linuxArch = "x86_64";
        darwinArch = "x86_64";
      };
      i686 = {
        family = "x86";
        bits = 32;
        linuxArch = "i386";
        darwinArch = "i386";
      };
      aarch64 = {
        family = "arm";
        bits = 64;
        linuxArch = "arm64";
        darwinArch = "arm64";
      };
      armv7l = {
        family = "arm";
        bits = 32;
        linuxArch = "arm";
        darwinArch = "armv7l";
      };
      riscv64 = {
        family = "riscv";
        bits = 64;
        linuxArch = "riscv";
        darwinArch = "riscv64";
      };
    };
    kernels = {
      linux = {
        vendor = "unknown";
        abi = "gnu";
        execFormat = "elf";
      };
      darwin = {
        vendor = "apple";
        abi = "unknown";
        execFormat = "macho";
      };
      freebsd = {
        vendor = "unknown";
        abi = "unknown";
        execFormat = "elf";
      };
    };
  };

  split =
    system:
    let
      m = builtins.match "([^-]+)-([^-]+)" system;
    in
    if m == null || !(known.cpus ? ${builtins.head m}) || !(known.kernels ? ${lib.last m}) then
      throw "lib.systems: Unknown system: ${system}"
    else
      {
        cpu = builtins.head m;
        kernel = lib.last m;
      };
in
rec {
  parse.mkSystemFromString =
    system:
    let
      s = split system;
      cpu = known.cpus.${s.cpu};
      kernel = known.kernels.${s.kernel};
    in
    {
      _type = "system";
      cpu = {
        _type = "cpu-type";
        name = s.cpu;
        inherit (cpu) family bits;
      };
      kernel = {
        _type = "kernel";
        name = s.kernel;
      };
      vendor.name = kernel.vendor;
      abi.name = kernel.abi;
    };

  # Fills in a system name or a partial description; an already elaborated platform comes back unchanged.
  elaborate =
    argument:
    let
      given = if builtins.isString argument then { system = argument; } else argument;
      system = given.system or (throw "lib.systems.elaborate: a platform needs `system`");
      parsed = parse.mkSystemFromString system;
      cpu = known.cpus.${parsed.cpu.name};
      isKernel = name: parsed.kernel.name == name;
      isCpu = name: parsed.cpu.name == name;
      # Apple calls its 64-bit ARM by another name.
      config = given.config or "${if isKernel "darwin" then cpu.darwinArch else parsed.cpu.name}-${parsed.vendor.name}-${parsed.kernel.name}${
        lib.optionalString (isKernel "linux") "-${parsed.abi.name}"
      }";
      full = {
        inherit system parsed config;
        inherit (cpu) linuxArch darwinArch;
        isLinux = isKernel "linux";
        isDarwin = isKernel "darwin";
        isMacOS = isKernel "darwin";
        isFreeBSD = isKernel "freebsd";
        isBSD = isKernel "freebsd" || isKernel "darwin";
        isUnix = true;
        isWindows = false;
        isx86_64 = isCpu "x86_64";
        isx86_32 = isCpu "i686";
        isx86 = cpu.family == "x86";
        isi686 = isCpu "i686";
        isAarch64 = isCpu "aarch64";
        isAarch32 = cpu.family == "arm" && cpu.bits == 32;
        isAarch = cpu.family == "arm";
        isArmv7 = isCpu "armv7l";
        isRiscV = cpu.family == "riscv";
        isRiscV64 = isCpu "riscv64";
        is64bit = cpu.bits == 64;
        is32bit = cpu.bits == 32;
        isLittleEndian = true;
        isBigEndian = false;
        isGnu = isKernel "linux";
        isMusl = false;
        isStatic = false;
        isElf = known.kernels.${parsed.kernel.name}.execFormat == "elf";
        isMachO = known.kernels.${parsed.kernel.name}.execFormat == "macho";
        libc = if isKernel "darwin" then "libSystem" else "glibc";
        extensions = {
          sharedLibrary = if isKernel "darwin" then ".dylib" else ".so";
          staticLibrary = ".a";
          executable = "";
        };
        uname = {
          system = lib.toSentenceCase parsed.kernel.name;
          processor = if isKernel "darwin" && isCpu "aarch64" then "arm64" else parsed.cpu.name;
          release = null;
        };
        darwinMinVersion = "14.0";
        canExecute = other: other.system == system;
        emulatorAvailable = _: false;
        hasSharedLibraries = true;
      };
    in
    if given ? isLinux then given else full // removeAttrs given [ "system" "config" ];

  # Platforms hold functions, which never compare as equal; their descriptions do.
  equals = a: b: a.system == b.system && a.config == b.config;
  systemToAttrs = s: if builtins.isString s then { system = s; } else s;

  doubles = rec {
    all = lib.concatMap (cpu: map (kernel: "${cpu}-${kernel}") (builtins.attrNames known.kernels)) (
      builtins.attrNames known.cpus
    );
    linux = lib.filter (lib.hasSuffix "-linux") all;
    darwin = [
      "aarch64-darwin"
      "x86_64-darwin"
    ];
    freebsd = [ "x86_64-freebsd" ];
    unix = linux ++ darwin ++ freebsd;
    x86_64 = lib.filter (lib.hasPrefix "x86_64-") unix;
    x86 = x86_64 ++ [ "i686-linux" ];
    aarch64 = lib.filter (lib.hasPrefix "aarch64-") unix;
    aarch = aarch64 ++ [ "armv7l-linux" ];
    gnu = linux;
    none = [ ];
  };
  flakeExposed = [
    "x86_64-linux"
    "aarch64-linux"
    "x86_64-darwin"
    "aarch64-darwin"
  ];
  # Patterns for `meta.platforms`, matched against the attributes of an elaborated platform.
  inspect.patterns = {
    isLinux.kernel.name = "linux";
    isDarwin.kernel.name = "darwin";
    isAarch64.cpu.name = "aarch64";
    isx86_64.cpu.name = "x86_64";
  };
  examples = lib.genAttrs flakeExposed (system: { inherit system; });
}
