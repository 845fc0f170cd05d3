using System.Diagnostics;
using Coop.Boxes;
using Coop.Configuration;
using Coop.Git;
using Coop.TestKit;
using Xunit;

namespace Coop.BoxPlanning;

public class BoxIdentityTests
{
    [Fact]
    public void The_users_file_ends_with_the_boxs_user() =>
        Assert.Equal(
            """
            root:x:0:0:root:/nonexistent:/usr/sbin/nologin
            daemon:x:1:1:daemon:/nonexistent:/usr/sbin/nologin
            bin:x:2:2:bin:/nonexistent:/usr/sbin/nologin
            sys:x:3:3:sys:/nonexistent:/usr/sbin/nologin
            games:x:5:5:games:/nonexistent:/usr/sbin/nologin
            man:x:6:6:man:/nonexistent:/usr/sbin/nologin
            mail:x:8:8:mail:/nonexistent:/usr/sbin/nologin
            www-data:x:33:33:www-data:/nonexistent:/usr/sbin/nologin
            nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
            node:x:1234:50:coop box:/home/node:/bin/bash

            """,
            BoxIdentity.PasswordFile(new UserAndGroup(1234, 50), "/home/node")
        );

    [Theory]
    [InlineData(33)]
    [InlineData(65534)]
    [InlineData(1000)]
    public void Every_number_stands_for_one_name(uint number)
    {
        UserAndGroup user = new(number, number);
        foreach (var text in (string[])[BoxIdentity.PasswordFile(user, "/home/node"), BoxIdentity.GroupFile(user)])
        {
            var numbers = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(':')[2]).ToList();
            Assert.Equal(numbers.Distinct(), numbers);
            Assert.Contains($"node:x:{number}:", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Git_in_the_box_knows_the_user_and_asks_for_no_keys() =>
        Assert.Equal(
            """
            [user]
            	name = "Ada \"The\" Tester\\n"
            	email = "ada@example.org"
            [core]
            	excludesFile = "/run/coop/gitignore"
            [commit]
            	gpgSign = false
            [tag]
            	gpgSign = false
            [branch]
            	autoSetupMerge = false
            [safe]
            	directory = *

            """,
            BoxIdentity.GitConfig(
                new GitConfiguration([
                    new("global", "file:x", "user.name", "Ada \"The\" Tester\\n"),
                    new("global", "file:x", "user.email", "ada@example.org"),
                    new("local", "file:.git/config", "user.name", "Mallory"),
                    new("global", "file:x", "credential.helper", "store"),
                ])
            )
        );

    [Theory]
    [InlineData("Ada")]
    [InlineData("  spaces  ")]
    [InlineData("quote \" backslash \\ hash # semicolon ;")]
    [InlineData("two\nlines\tand a tab")]
    [InlineData("[core]")]
    public async Task Git_reads_back_any_name(string name)
    {
        using TemporaryDirectory directory = new();
        var file = directory.Write(
            "gitconfig",
            BoxIdentity.GitConfig(new GitConfiguration([new("global", "file:x", "user.name", name)]))
        );
        ProcessStartInfo start = new("git", ["config", "--file", file, "-z", "user.name"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var git = Process.Start(start)!;
        Assert.Equal(name + "\0", await git.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Names_are_looked_up_only_where_there_is_a_network()
    {
        Assert.Equal("nameserver 10.0.2.3\n", BoxIdentity.ResolverFile(EgressMode.Open));
        Assert.DoesNotContain("nameserver", BoxIdentity.ResolverFile(EgressMode.None), StringComparison.Ordinal);
    }
}
