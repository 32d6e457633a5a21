# `system.defaults`: preferences of macOS and its applications, written with `defaults` for the primary user.
{
  config,
  lib,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.system.defaults;
  preference =
    type: description:
    mkOption {
      type = types.nullOr type;
      default = null;
      description = "${description} Null leaves it as it is.";
    };
  bool = preference types.bool;
  int = preference types.int;
  float = preference types.float;
  text = preference types.str;
  choice = values: preference (types.enum values);
  free = types.submodule { freeformType = types.attrsOf types.anything; };

  # Which domain of `defaults` the options of a group belong to.
  domains = {
    NSGlobalDomain = "-g";
    dock = "com.apple.dock";
    finder = "com.apple.finder";
    loginwindow = "/Library/Preferences/com.apple.loginwindow";
    menuExtraClock = "com.apple.menuextra.clock";
    screencapture = "com.apple.screencapture";
    screensaver = "com.apple.screensaver";
    spaces = "com.apple.spaces";
    trackpad = "com.apple.AppleMultitouchTrackpad";
  };
  write =
    domain: settings:
    lib.concatStrings (
      lib.mapAttrsToList (
        key: v: "defaults write ${domain} ${lib.escapeShellArg key} ${lib.escapeShellArg (lib.generators.toPlist { escape = true; } v)}\n"
      ) (lib.filterAttrs (_: v: v != null) settings)
    );
  groups = lib.mapAttrsToList (group: domain: write domain cfg.${group}) domains;
  custom = lib.mapAttrsToList write cfg.CustomUserPreferences;
  script = lib.concatStrings (groups ++ custom);
in
{
  options.system.defaults = {
    NSGlobalDomain = {
      AppleShowAllExtensions = bool "Whether file names have their extensions.";
      AppleShowAllFiles = bool "Whether hidden files are shown.";
      AppleInterfaceStyle = choice [ "Dark" ] "Whether windows are dark.";
      AppleInterfaceStyleSwitchesAutomatically = bool "Whether that follows the time of day.";
      ApplePressAndHoldEnabled = bool "Whether a held key offers accents.";
      AppleKeyboardUIMode = int "How far the keyboard reaches in dialogs.";
      InitialKeyRepeat = int "How long a key is held before it repeats.";
      KeyRepeat = int "How fast a held key repeats.";
      NSAutomaticCapitalizationEnabled = bool "Whether words are capitalised by themselves.";
      NSAutomaticSpellingCorrectionEnabled = bool "Whether spelling is corrected by itself.";
      NSDocumentSaveNewDocumentsToCloud = bool "Whether new documents are saved in iCloud.";
      NSWindowResizeTime = float "How long a window takes to change its size.";
      "com.apple.swipescrolldirection" = bool "Whether scrolling is natural.";
      "com.apple.sound.beep.feedback" = int "Whether a change of volume is heard.";
    };
    dock = {
      autohide = bool "Whether the dock hides.";
      autohide-delay = float "Seconds until it appears.";
      autohide-time-modifier = float "Seconds that its appearing takes.";
      expose-group-apps = bool "Whether windows are grouped by application in Mission Control.";
      launchanim = bool "Whether starting applications jump.";
      magnification = bool "Whether icons grow under the pointer.";
      mineffect = choice [ "genie" "suck" "scale" ] "How windows are minimised.";
      minimize-to-application = bool "Whether windows are minimised into their application.";
      mru-spaces = bool "Whether spaces are sorted by use.";
      orientation = choice [ "bottom" "left" "right" ] "Where the dock is.";
      persistent-apps = preference (types.listOf (types.either types.path types.str)) "Applications that stay in the dock.";
      show-recents = bool "Whether recent applications are shown.";
      showhidden = bool "Whether hidden applications look different.";
      static-only = bool "Whether only open applications are shown.";
      tilesize = int "The size of icons in points.";
      wvous-br-corner = preference types.ints.positive "What the lower right corner does.";
    };
    finder = {
      AppleShowAllExtensions = bool "Whether file names have their extensions in the Finder.";
      AppleShowAllFiles = bool "Whether hidden files are shown in the Finder.";
      CreateDesktop = bool "Whether there are icons on the desktop.";
      FXDefaultSearchScope = choice [ "SCcf" "SCsp" "SCev" ] "Where a search begins.";
      FXEnableExtensionChangeWarning = bool "Whether a changed extension is asked about.";
      FXPreferredViewStyle = choice [ "icnv" "Nlsv" "clmv" "Flwv" ] "How folders are shown.";
      QuitMenuItem = bool "Whether the Finder can be quit.";
      ShowPathbar = bool "Whether windows show their path.";
      ShowStatusBar = bool "Whether windows show what is in them.";
      _FXShowPosixPathInTitle = bool "Whether titles show the whole path.";
    };
    loginwindow = {
      GuestEnabled = bool "Whether guests may log in.";
      SHOWFULLNAME = bool "Whether names are typed rather than chosen.";
      LoginwindowText = text "What the login window says.";
      DisableConsoleAccess = bool "Whether there is no console at login.";
    };
    menuExtraClock = {
      Show24Hour = bool "Whether the clock counts to 24.";
      ShowSeconds = bool "Whether the clock shows seconds.";
      ShowDate = preference (types.ints.between 0 2) "When the clock shows the date.";
    };
    screencapture = {
      location = text "Where pictures of the screen are put.";
      type = text "Their format.";
      disable-shadow = bool "Whether windows lose their shadows in them.";
    };
    screensaver = {
      askForPassword = bool "Whether the screen saver asks for the password.";
      askForPasswordDelay = int "Seconds until it does.";
    };
    spaces.spans-displays = bool "Whether a space covers all displays.";
    trackpad = {
      Clicking = bool "Whether a tap is a click.";
      TrackpadRightClick = bool "Whether two fingers are the other button.";
      TrackpadThreeFingerDrag = bool "Whether three fingers drag.";
    };
    CustomUserPreferences = mkOption {
      type = types.attrsOf free;
      default = { };
      example = {
        "com.apple.Safari".ShowFullURLInSmartSearchField = true;
      };
      description = "Preferences of any domain, as they are.";
    };
  };
  config = lib.mkIf (script != "") {
    assertions = [
      {
        assertion = config.system.primaryUser != null;
        message = "The `system.defaults.*` options require `system.primaryUser` to be set, since preferences belong to a user.";
      }
    ];
    system.activationScripts.defaults.text = "launchctl asuser ${toString config.system.primaryUser} <<'DEFAULTS'\n${script}DEFAULTS\n";
  };
}
