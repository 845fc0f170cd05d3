using System.Globalization;
using System.Text;
using System.Text.Json;
using Coop.Errors;
using Coop.Native;
using Coop.Repositories;
using Coop.Storage;
using Coop.Trees;

namespace Coop.ForkKeeping;

/// <summary>The records, logs and scratch places of a repository's forks.</summary>
internal sealed class ForkStore(ForkPlaces places, TimeProvider time)
{
    private const int RecordLimitBytes = 64 * 1024;

    public ForkPlaces Places => places;

    /// <summary>All forks, by name. A record that cannot be read is passed over here and told by <see cref="Read"/>.</summary>
    public IReadOnlyList<ForkRecord> All()
    {
        List<ForkRecord> records = [];
        foreach (var file in SmallDirectory.Names(places.State))
        {
            if (file.Bytes.EndsWith(".json"u8) && file.TryGetText(out var text) && TryRead(text[..^".json".Length]) is { } record)
            {
                records.Add(record);
            }
        }

        return records;
    }

    /// <summary>Null when there is no such fork.</summary>
    public ForkRecord? Find(string name) => TryRead(name);

    /// <exception cref="UserError">There is none, or its record is damaged.</exception>
    public ForkRecord Read(string name)
    {
        if (TryRead(name) is { } record)
        {
            return record;
        }

        if (FileQuestion.StatusOfLink(CString.From(places.Record(name).Bytes)) is not null)
        {
            throw new UserError(
                $"What Coop keeps of fork '{name}' cannot be read ('{places.Record(name)}').",
                $"Save what you want from '{places.Fork(name)}', without git, and remove both."
            );
        }

        throw new UserError(
            $"There is no fork '{name}'.",
            All() is { Count: > 0 } ? "See which there are: coop fork ls" : $"Make it: coop fork {name} claude"
        );
    }

    public void Write(ForkRecord record) =>
        AtomicFile.Write(
            ForkPlaces.Text(places.Record(record.Name)),
            JsonSerializer.SerializeToUtf8Bytes(record, ForkJsonContext.Default.ForkRecord)
        );

    /// <summary>Everything kept of a fork but its log and its lock.</summary>
    public void Forget(string name)
    {
        File.Delete(ForkPlaces.Text(places.Record(name)));
        File.Delete(ForkPlaces.Text(places.Holder(name)));
    }

    /// <summary>Adds a line to the fork's log.</summary>
    public void Log(string name, string line)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow():yyyy-MM-dd HH:mm:ss}Z {line}\n");

        // A loop in the background writes there too, from a process of its own.
        AppendedFile.Add(places.State, BytePath.From(places.Log(name).Name), Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Makes the directories that everything else needs.</summary>
    public void Prepare()
    {
        SafeDirectory.Make(places.Directory.Parent, BytePath.From(places.Directory.Name), isOpen: true, owner: null);
        SafeDirectory.Make(places.Directory, BytePath.From(ForkMark.StateName), isOpen: false, owner: null);
        SafeDirectory.Make(places.State, BytePath.From(places.Scratch.Name), isOpen: false, owner: null);
    }

    /// <summary>True when this repository ever had a fork.</summary>
    public bool Exists => FileQuestion.StatusOfLink(CString.From(places.State.Bytes)) is { IsDirectory: true };

    private ForkRecord? TryRead(string name)
    {
        try
        {
            var bytes = SafeFile.Read(places.State, BytePath.From($"{name}.json"), RecordLimitBytes);
            var record = bytes is null ? null : JsonSerializer.Deserialize(bytes, ForkJsonContext.Default.ForkRecord);
            return record is { Name: not null, Base: not null, Identity: not null } && record.Name == name ? record : null;
        }
        catch (Exception cause) when (cause is JsonException or UserError)
        {
            return null;
        }
    }
}
