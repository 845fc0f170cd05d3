namespace Coop.Doctor;

/// <summary>Attempts to lift, move or write through what lies over a secret. The tree is put back as it was, for the checks that follow.</summary>
internal sealed class MaskStrengthCheck : IDoctorCheck
{
    private const string Advice = "Do not run agents on this engine here; use another one (COOP_RUNTIME), and tell the authors.";

    private static readonly Promise Lift = new("mask-lift", "Masks cannot be lifted", Advice);
    private static readonly Promise Move = new("mask-move", "Secrets stay hidden when moved", Advice);
    private static readonly Promise Write = new("mask-write", "Hidden files cannot be changed", Advice);

    public string Name => "masks";

    public IReadOnlyList<Promise> Promises => [Lift, Move, Write];

    public string Attack(DoctorPlants plants) =>
        $$"""
            echo 'lift:'
            for path in .env secrets {{DoctorPlants.Tracked}}; do umount "$path"; umount -l "$path"; done
            unshare -Urm sh -c 'umount .env; umount -l .env secrets; cat .env secrets/*; mkdir -p /tmp/m; mount --bind "$PWD" /tmp/m; cat /tmp/m/.env'
            unshare -Ur sh -c 'umount .env; cat .env'
            command -v bwrap && bwrap --bind / / cat .env
            mkdir -p /tmp/m && mount --bind "$PWD" /tmp/m && cat /tmp/m/.env
            for process in /proc/[0-9]*; do cat "$process/root$PWD/.env" "$process/cwd/.env"; done
            cat .env secrets/* {{DoctorPlants.Tracked}}
            echo 'move:'
            mv config config2; cat config2/* config2/.env.tracked config/.env.tracked
            mkdir -p a/b; mv config2 a/b/c; cat a/b/c/* a/b/c/.env.tracked; cp -R a copy; cat copy/b/c/* copy/b/c/.env.tracked
            mv a/b/c config; rm -rf a copy
            ln .env hard; ln -s .env soft; mv .env moved; cat hard soft moved; mv moved .env; rm -f hard soft
            echo 'write:'
            for file in {{string.Join(' ', plants.All.Select(secret => secret.Path))}}; do
              echo x >> "$file"; echo x > "$file"; : > "$file"; chmod 777 "$file"; truncate -s 0 "$file"; echo x | dd of="$file"
              echo x > /tmp/new; mv -f /tmp/new "$file"; cp /dev/null "$file"; ln -sf /etc/passwd "$file"; rm -f "$file"
            done
            echo x > secrets/new; rm -rf secrets; mv secrets secrets2
            """;

    public IEnumerable<CheckResult> Judge(DoctorEvidence evidence)
    {
        if (!evidence.ReadsTheProject)
        {
            return Promises.Select(promise => promise.NotProved("the box could read nothing of its project"));
        }

        var text = evidence.Of(this);
        var (lift, rest) = Part(text, "\nmove:\n");
        var (move, _) = Part(rest, "\nwrite:\n");
        return
        [
            Lift.Judge(Seen(lift, evidence), "umount, namespaces, binds, /proc tried: still empty"),
            Move.Judge(Seen(move, evidence), "directories moved, copied, linked: still empty"),
            Write.Judge(
                [.. evidence.Host.ChangedSecrets.Select(path => $"{path} changed on the host")],
                "written, replaced, removed: the same bytes on the host"
            ),
        ];
    }

    private static (string Before, string After) Part(string text, string mark)
    {
        var at = text.IndexOf(mark, StringComparison.Ordinal);
        return at < 0 ? (text, "") : (text[..at], text[at..]);
    }

    private static IReadOnlyList<string> Seen(string text, DoctorEvidence evidence) =>
        [
            .. evidence
                .Plants.All.Where(secret => text.Contains(secret.Mark, StringComparison.Ordinal))
                .Select(secret => $"the box read {secret.Path}"),
        ];
}
