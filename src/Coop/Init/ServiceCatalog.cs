namespace Coop.Init;

/// <summary>The services that a manifest can tell of.</summary>
internal static class ServiceCatalog
{
    public const string MySql = "mysql";
    public const string MariaDb = "mariadb";

    public static readonly ServiceKind[] All =
    [
        new(
            "postgres",
            "postgres:17",
            5432,
            [
                "postgres",
                "postgresql",
                "pg",
                "psycopg",
                "psycopg2",
                "psycopg2-binary",
                "asyncpg",
                "pq",
                "pgx",
                "npgsql",
                "postgrex",
            ],
            ["POSTGRES_HOST_AUTH_METHOD: trust"],
            ["pg_isready", "-U", "postgres"]
        ),
        new(
            MySql,
            "mysql:8.4",
            3306,
            [
                "mysql",
                "mysql2",
                "mysqlclient",
                "pymysql",
                "aiomysql",
                "mysql-connector-j",
                "mysql-connector-java",
                "mysqlconnector",
            ],
            ["MYSQL_ALLOW_EMPTY_PASSWORD: \"yes\""],
            ["mysqladmin", "ping", "--host=127.0.0.1"]
        ),
        new(
            MariaDb,
            "mariadb:11",
            3306,
            ["mariadb", "mariadb-java-client"],
            ["MARIADB_ALLOW_EMPTY_ROOT_PASSWORD: \"yes\""],
            ["healthcheck.sh", "--connect"]
        ),
        new(
            "redis",
            "redis:7",
            6379,
            [
                "redis",
                "rediss",
                "ioredis",
                "go-redis",
                "predis",
                "hiredis",
                "jedis",
                "lettuce-core",
                "redix",
                "django-redis",
                "spring-boot-starter-data-redis",
            ],
            [],
            ["redis-cli", "ping"]
        ),
        new(
            "mongo",
            "mongo:7",
            27017,
            ["mongo", "mongodb", "mongoose", "pymongo", "mongoid", "mongo-driver"],
            [],
            ["mongosh", "--quiet", "--eval", "db.runCommand('ping').ok"]
        ),
        new(
            "rabbitmq",
            "rabbitmq:4",
            5672,
            ["rabbitmq", "amqp", "amqps", "amqplib", "amqp091-go", "pika", "lapin", "amqp-client", "spring-boot-starter-amqp"],
            [],
            ["rabbitmq-diagnostics", "-q", "ping"]
        ),
        new("memcached", "memcached:1.6", 11211, ["memcached", "pymemcache", "dalli", "gomemcache"], [], []),
    ];
}
