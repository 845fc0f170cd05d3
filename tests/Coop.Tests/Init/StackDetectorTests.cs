using Xunit;

namespace Coop.Init;

public class StackDetectorTests
{
    [Theory]
    [InlineData(
        "package.json",
        """{"dependencies":{"pg":"8","@nestjs/core":"1"},"devDependencies":{"ioredis":"5"}}""",
        "postgres redis"
    )]
    [InlineData("package.json", """{"description":"no mysql here","scripts":{"db":"pg"},"dependencies":{"express":"5"}}""", "")]
    [InlineData("package.json", """{"dependencies":["pg"]}""", "")]
    [InlineData("package.json", "{", "")]
    [InlineData("package.json", "[]", "")]
    [InlineData("composer.json", """{"require":{"predis/predis":"2"}}""", "redis")]
    [InlineData("requirements.txt", "psycopg[binary]==3.2\nredis>=5\n# pymongo\n", "postgres redis")]
    [InlineData(
        "go.mod",
        "module x\nrequire (\n\tgithub.com/lib/pq v1.10.9\n\tgithub.com/rabbitmq/amqp091-go v1.9.0\n)\n",
        "postgres rabbitmq"
    )]
    [InlineData("Gemfile", "gem \"mysql2\", \"~> 0.5\"\ngem 'dalli'\n", "mysql memcached")]
    [InlineData("pom.xml", "<groupId>org.postgresql</groupId>", "postgres")]
    [InlineData(
        "build.gradle",
        "implementation 'org.mariadb.jdbc:mariadb-java-client:3.5'\nimplementation 'mysql:mysql-connector-java:8'",
        "mariadb"
    )]
    [InlineData(
        "Directory.Packages.props",
        "<PackageVersion Include=\"Npgsql.EntityFrameworkCore.PostgreSQL\" Version=\"9\" />",
        "postgres"
    )]
    [InlineData(".env.example", "DATABASE_URL=postgresql://localhost/app\nCACHE=redis://localhost\n", "postgres redis")]
    [InlineData(".env.example", "# DATABASE_URL=mysql://localhost\nMODE=redistribute\n", "")]
    [InlineData(".nvmrc", "mongo", "")]
    public void Services_are_told_by_what_is_depended_on(string file, string text, string services) =>
        Assert.Equal(services, string.Join(' ', StackDetector.Services([(file, text)]).Select(service => service.Kind.Name)));

    [Fact]
    public void The_image_is_the_one_of_the_repositorys_own_Compose_file()
    {
        var found = StackDetector.Services([
            (
                "compose.yml",
                "services:\n  db:\n    image: \"docker.io/library/postgres:15-alpine\"\n  c:\n    image: x/redis:6\n"
            ),
            ("go.mod", "github.com/jackc/pgx/v5 v5.7.0"),
        ]);
        Assert.Equal(
            [("postgres", "postgres:15-alpine", "compose.yml"), ("redis", "redis:7", "compose.yml")],
            found.Select(service => (service.Kind.Name, service.Image, service.File))
        );
    }

    [Fact]
    public void Tools_are_taken_from_files_with_one_version()
    {
        Assert.Equal(
            ["nodejs 22.1.0", "python 3.12", "golang 1.24.2"],
            StackDetector.Tools([
                (".nvmrc", "v22.1.0\n"),
                (".node-version", "20.0.0"),
                (".python-version", "3.12\r\n"),
                (".ruby-version", "ruby-3.3.0; rm -rf /"),
                ("go.mod", "module x\n\ngo 1.24.2\n"),
            ])
        );
        Assert.Equal([], StackDetector.Tools([(".nvmrc", "lts/*\n")]));
    }

    [Fact]
    public void The_Compose_file_opens_ports_on_the_loopback_alone() =>
        Assert.Equal(
            """
            # Services for agents: they begin empty, let everybody in, and only this machine reaches them.
            # Start them:            docker compose --file compose.agent.yml up --detach
            # Let boxes reach them:  COOP_HOST_PORTS=5432,11211 coop claude
            services:
              # named in go.mod
              postgres:
                image: postgres:15
                environment:
                  POSTGRES_HOST_AUTH_METHOD: trust
                ports:
                  - "127.0.0.1:5432:5432"
                healthcheck:
                  test: ["CMD", "pg_isready", "-U", "postgres"]
                  interval: 5s
                  retries: 20
              # named in Gemfile
              memcached:
                image: memcached:1.6
                ports:
                  - "127.0.0.1:11211:11211"

            """,
            ComposeText.Render([
                new(ServiceCatalog.All[0], "postgres:15", "go.mod"),
                new(ServiceCatalog.All[^1], ServiceCatalog.All[^1].Image, "Gemfile"),
            ])
        );
}
