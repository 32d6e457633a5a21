# PostgreSQL: the server, its settings, and the databases and roles that it makes sure of.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.services.postgresql;
  show =
    v:
    if v == true then
      "on"
    else if v == false then
      "off"
    else if builtins.isString v then
      "'${lib.replaceStrings [ "'" ] [ "''" ] v}'"
    else
      toString v;
  package =
    if cfg.extensions == [ ] then cfg.package else cfg.package.withPackages (_: cfg.extensions);
in
{
  options.services.postgresql = {
    enable = lib.mkEnableOption "the PostgreSQL server";
    package = mkOption {
      type = types.package;
      # The data format belongs to a major version, so the default follows the release that the state is from.
      default =
        if lib.versionAtLeast config.system.stateVersion "25.11" then pkgs.postgresql_17 else pkgs.postgresql_16;
      defaultText = lib.literalExpression "the version that system.stateVersion began with";
      example = lib.literalExpression "pkgs.postgresql_17";
      description = "The PostgreSQL package to use.";
    };
    extensions = mkOption {
      type = types.listOf types.package;
      default = [ ];
      description = "Extensions that the server can load.";
    };
    dataDir = mkOption {
      type = types.path;
      default = "/var/lib/postgresql/${cfg.package.psqlSchema}";
      defaultText = lib.literalExpression ''"/var/lib/postgresql/''${config.services.postgresql.package.psqlSchema}"'';
      description = "Where the data is; it belongs to one major version.";
    };
    settings = mkOption {
      default = { };
      description = "Settings of `postgresql.conf`.";
      type = types.submodule {
        freeformType = types.attrsOf (
          types.oneOf [
            types.bool
            types.float
            types.int
            types.str
          ]
        );
        options = {
          port = mkOption {
            type = types.port;
            default = 5432;
            description = "The port that the server listens on.";
          };
          max_connections = mkOption {
            type = types.ints.positive;
            default = 100;
            description = "How many clients may be connected.";
          };
          log_line_prefix = mkOption {
            type = types.str;
            default = "[%p] ";
            description = "What every line of the log starts with.";
          };
        };
      };
    };
    enableTCPIP = mkOption {
      type = types.bool;
      default = false;
      description = "Whether the server listens on the network too.";
    };
    authentication = mkOption {
      type = types.lines;
      default = "";
      description = "Lines of `pg_hba.conf`, which say who may connect how.";
    };
    initialScript = mkOption {
      type = types.nullOr types.path;
      default = null;
      description = "A file with statements for the first start.";
    };
    ensureDatabases = mkOption {
      type = types.listOf types.str;
      default = [ ];
      description = "Databases that exist.";
    };
    ensureUsers = mkOption {
      default = [ ];
      description = "Roles that exist.";
      type = types.listOf (
        types.submodule {
          options = {
            name = mkOption {
              type = types.str;
              description = "The name of the role.";
            };
            ensureDBOwnership = mkOption {
              type = types.bool;
              default = false;
              description = "Whether the role owns the database of its name.";
            };
            ensureClauses = mkOption {
              type = types.attrsOf (types.nullOr types.bool);
              default = { };
              description = "What the role may do, such as `createdb`.";
            };
          };
        }
      );
    };
  };
  config = lib.mkIf cfg.enable {
    assertions = map (u: {
      assertion = u.ensureDBOwnership -> lib.elem u.name cfg.ensureDatabases;
      message = ''
        For each database user defined with `services.postgresql.ensureUsers` and
        `ensureDBOwnership = true;`, a database with the same name must be defined
        in `services.postgresql.ensureDatabases`.

        Offender: ${u.name} has not been found among databases.
      '';
    }) cfg.ensureUsers;
    services.postgresql.settings = {
      listen_addresses = lib.mkDefault (if cfg.enableTCPIP then "*" else "localhost");
    };
    services.postgresql.authentication = lib.mkAfter ''
      local all postgres         peer map=postgres
      local all all              peer
      host  all all 127.0.0.1/32 md5
    '';
    users.groups.postgres.gid = 71;
    users.users.postgres = {
      isSystemUser = true;
      uid = 71;
      group = "postgres";
      home = cfg.dataDir;
    };
    environment.systemPackages = [ package ];
    systemd.services.postgresql = {
      description = "PostgreSQL Server";
      wantedBy = [ "multi-user.target" ];
      after = [ "network.target" ];
      environment.PGDATA = cfg.dataDir;
      path = [ package ];
      serviceConfig = {
        User = "postgres";
        Group = "postgres";
        ExecStart = "${package}/bin/postgres -c config_file=${
          pkgs.writeText "postgresql.conf" (
            lib.concatStrings (lib.mapAttrsToList (k: v: "${k} = ${show v}\n") cfg.settings)
          )
        } -c hba_file=${pkgs.writeText "pg_hba.conf" cfg.authentication}";
        Type = "notify";
      };
      preStart = lib.optionalString (cfg.initialScript != null) "ln -sfn ${cfg.initialScript} ${cfg.dataDir}/.first_startup\n";
      postStart =
        lib.concatMapStrings (db: "createdb --no-password ${lib.escapeShellArg db} || true\n") cfg.ensureDatabases
        + lib.concatMapStrings (
          u:
          "createuser --no-password ${lib.escapeShellArg u.name} || true\n"
          + lib.optionalString u.ensureDBOwnership "psql -c 'ALTER DATABASE \"${u.name}\" OWNER TO \"${u.name}\"'\n"
          + lib.concatStrings (
            lib.mapAttrsToList (
              clause: on: lib.optionalString (on != null) "psql -c 'ALTER ROLE \"${u.name}\" ${lib.optionalString (!on) "no"}${clause}'\n"
            ) u.ensureClauses
          )
        ) cfg.ensureUsers;
    };
  };
}
