using Coop.Agents;
using Coop.Errors;
using Coop.Storage;

namespace Coop.Logins;

/// <summary>The logins of the user's accounts. Whatever is changed is changed under the account's lock; of two copies the one that lasts longer wins.</summary>
internal sealed class CredentialStore(UserDirectories directories, TimeProvider time)
{
    /// <summary>More than any agent writes; a larger file is no login.</summary>
    public const int LimitBytes = 256 * 1024;

    // A login that claims to last longer was not made by a provider: it would keep every later one out.
    private static readonly TimeSpan LongestTerm = TimeSpan.FromDays(400);

    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(20);
    private const int LockTries = 250;

    /// <summary>The account's login; null when it has none.</summary>
    /// <exception cref="UserError">The file is there and cannot be read.</exception>
    public static StoredLogin? Read(LoginPlace place)
    {
        foreach (var name in place.Agent.Home?.CredentialNames ?? [])
        {
            var path = Path.Combine(place.Directory, name);
            byte[]? content;
            try
            {
                content = BoundedFile.Read(path, LimitBytes);
            }
            catch (IOException cause)
            {
                throw new UserError(
                    $"The login of {place.Name}, '{path}', {cause.Message}.",
                    $"Make it readable for you, or sign in again: coop login {place.Name}",
                    cause: cause
                );
            }

            if (content is not null)
            {
                var since = new DateTimeOffset(File.GetLastWriteTimeUtc(path), TimeSpan.Zero);
                return new StoredLogin(name, content, place.Agent.ReadCredential(content), since);
            }
        }

        return null;
    }

    /// <summary>Keeps a new login in place of whatever was there.</summary>
    public void Put(LoginPlace place, string name, ReadOnlyMemory<byte> content)
    {
        using var held = Lock(place);
        Write(place, name, content);
        foreach (var other in place.Agent.Home!.CredentialNames.Where(other => other != name))
        {
            File.Delete(Path.Combine(place.Directory, other));
        }
    }

    /// <summary>Takes a box's copy back if it lasts longer than the stored one; the login that is good now.</summary>
    /// <param name="given">What the box was given; null when it was given none.</param>
    /// <param name="box">What it has; null when it has none that can be read.</param>
    public StoredLogin? Reconcile(LoginPlace place, string name, ReadOnlyMemory<byte>? given, ReadOnlyMemory<byte>? box)
    {
        using var held = Lock(place);
        var stored = Read(place);
        if (stored is null || stored.Name != name || box is not { } fresh || fresh.Span.SequenceEqual(stored.Content))
        {
            return stored;
        }

        var isUntouched = given is { } before && before.Span.SequenceEqual(fresh.Span);
        if (isUntouched || !Wins(place.Agent.ReadCredential(fresh), stored, given))
        {
            return stored;
        }

        Write(place, name, fresh);
        return Read(place);
    }

    private bool Wins(CredentialTerm fresh, StoredLogin stored, ReadOnlyMemory<byte>? given)
    {
        if (!fresh.IsReadable)
        {
            return false;
        }

        if (fresh.Expires is { } end)
        {
            return end <= time.GetUtcNow() + LongestTerm && (stored.Term.Expires is not { } old || end > old);
        }

        // Nothing tells which is newer: the box's only if nobody else changed the stored one since it crossed.
        return stored.Term.Expires is null && given is { } before && before.Span.SequenceEqual(stored.Content);
    }

    private static void Write(LoginPlace place, string name, ReadOnlyMemory<byte> content)
    {
        var path = Path.Combine(place.Directory, name);

        // A dotfile manager's link stays one.
        FileInfo file = new(path);
        var final = file.LinkTarget is null ? path : file.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
        AtomicFile.Write(final, content.Span);
    }

    private FileLock Lock(LoginPlace place)
    {
        var directory = Path.Combine(directories.State, "locks");
        Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var path = Path.Combine(directory, $"login-{place.Name}");
        return FileLock.Take(path)
            ?? throw new UserError(
                $"The login of {place.Name} is being changed by another coop that does not finish.",
                $"See who holds it: fuser {path}"
            );
    }
}
