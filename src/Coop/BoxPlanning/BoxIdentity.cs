using System.Text;
using Coop.Boxes;
using Coop.Configuration;
using Coop.Git;

namespace Coop.BoxPlanning;

/// <summary>The small files that tell programs in the box who they are: users, groups, git's configuration.</summary>
internal static class BoxIdentity
{
    /// <summary>The name of the box's user.</summary>
    public const string UserName = "node";

    public const string GitIgnorePath = "/run/coop/gitignore";

    // Where slirp4netns answers name look-ups (slirp4netns(1)); bubblewrap boxes have no engine that would write the file.
    private const string SlirpNameServer = "10.0.2.3";

    // The system users every Debian image has (base-passwd), so that owners of its files keep their names.
    private static readonly (string Name, uint Id)[] SystemUsers =
    [
        ("root", 0),
        ("daemon", 1),
        ("bin", 2),
        ("sys", 3),
        ("games", 5),
        ("man", 6),
        ("mail", 8),
        ("www-data", 33),
        ("nobody", 65534),
    ];

    private static readonly (string Name, uint Id)[] SystemGroups =
    [
        ("root", 0),
        ("daemon", 1),
        ("bin", 2),
        ("sys", 3),
        ("adm", 4),
        ("tty", 5),
        ("disk", 6),
        ("mail", 8),
        ("man", 12),
        ("utmp", 43),
        ("shadow", 42),
        ("staff", 50),
        ("games", 60),
        ("users", 100),
        ("nogroup", 65534),
    ];

    /// <summary><c>/etc/passwd</c>: system users that own nothing but the image's files, and the box's user.</summary>
    public static string PasswordFile(UserAndGroup user, string home)
    {
        StringBuilder text = new();
        foreach (var (name, id) in SystemUsers.Where(system => system.Id != user.Uid))
        {
            text.Append($"{name}:x:{id}:{(id == 65534 ? 65534 : id)}:{name}:/nonexistent:/usr/sbin/nologin\n");
        }

        return text.Append($"{UserName}:x:{user.Uid}:{user.Gid}:coop box:{home}:/bin/bash\n").ToString();
    }

    /// <summary><c>/etc/group</c>.</summary>
    public static string GroupFile(UserAndGroup user)
    {
        StringBuilder text = new();
        foreach (var (name, id) in SystemGroups.Where(system => system.Id != user.Gid))
        {
            text.Append($"{name}:x:{id}:\n");
        }

        return text.Append($"{UserName}:x:{user.Gid}:\n").ToString();
    }

    /// <summary>
    /// <c>/etc/gitconfig</c> of the box: who commits, and what must not ask for the user's keys. Only the user's own files say the name and email;
    /// a repository's local values reach git in the box by themselves.
    /// </summary>
    public static string GitConfig(GitConfiguration configuration)
    {
        StringBuilder text = new();
        var name = configuration.GetFromUser("user.name");
        var email = configuration.GetFromUser("user.email");
        if (name is not null || email is not null)
        {
            text.Append("[user]\n");
            Append(text, "name", name);
            Append(text, "email", email);
        }

        text.Append("[core]\n");
        Append(text, "excludesFile", GitIgnorePath);
        text.Append("[commit]\n\tgpgSign = false\n[tag]\n\tgpgSign = false\n[branch]\n\tautoSetupMerge = false\n");

        // The box has one user and one repository; owners may look foreign through user mappings.
        return text.Append("[safe]\n\tdirectory = *\n").ToString();
    }

    /// <summary>Who commits, as git reads it from variables (git(1)); the repository's own word counts before the user's, as in its configuration.</summary>
    public static void AddCommitter(IDictionary<string, string> variables, GitConfiguration configuration)
    {
        Add("NAME", configuration.Get("user.name"));
        Add("EMAIL", configuration.Get("user.email"));

        void Add(string what, string? value)
        {
            if (value is { Length: > 0 })
            {
                variables[$"GIT_AUTHOR_{what}"] = value;
                variables[$"GIT_COMMITTER_{what}"] = value;
            }
        }
    }

    /// <summary><c>/etc/resolv.conf</c> of a bubblewrap box.</summary>
    public static string ResolverFile(EgressMode egress) =>
        egress == EgressMode.Open ? $"nameserver {SlirpNameServer}\n" : "# no network\n";

    /// <summary><c>/etc/hosts</c> of a bubblewrap box.</summary>
    public static string HostsFile() => "127.0.0.1 localhost coop\n::1 localhost ip6-localhost\n";

    private static void Append(StringBuilder text, string key, string? value)
    {
        if (value is not null)
        {
            var quoted = value.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n").Replace("\t", "\\t");
            text.Append($"\t{key} = \"{quoted}\"\n");
        }
    }
}
