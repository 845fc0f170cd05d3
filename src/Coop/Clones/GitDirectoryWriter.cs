using System.Text;
using Coop.Errors;
using Coop.Storage;

namespace Coop.Clones;

/// <summary>Makes git directories file by file, so that no template, no default and no hook of anybody's is in them (gitrepository-layout(5)).</summary>
internal static class GitDirectoryWriter
{
    /// <summary>The configuration of repositories in which Coop works: nothing starts by itself, nothing leaves, what comes in is checked.</summary>
    public const string ScratchSettings = """
        [core]
        	logAllRefUpdates = false
        	hooksPath = /dev/null
        	fsmonitor = false
        	untrackedCache = false
        	attributesFile = /dev/null
        	excludesFile = /dev/null
        	commitGraph = false
        	multiPackIndex = false
        	bigFileThreshold = 6m
        	pager = cat
        	editor = false
        [gc]
        	auto = 0
        [maintenance]
        	auto = false
        [fetch]
        	fsckObjects = true
        [transfer]
        	fsckObjects = true
        	unpackLimit = 1
        [protocol]
        	allow = never
        [protocol "file"]
        	allow = always
        [uploadpack]
        	allowAnySHA1InWant = true
        [pack]
        	useBitmaps = false
        [submodule]
        	recurse = false
        [diff]
        	renames = false
        	ignoreSubmodules = all
        	noprefix = false
        	mnemonicPrefix = false
        [rerere]
        	enabled = false
        [rebase]
        	autoStash = false
        	updateRefs = false
        [commit]
        	gpgSign = false
        [safe]
        	directory = *

        """;

    /// <param name="gitDirectory">Absolute; its parent exists, it does not.</param>
    /// <param name="head">The branch HEAD names, whole.</param>
    /// <param name="settings">Configuration behind what the shape says.</param>
    /// <param name="borrowed">The object directory that is read besides its own; null for none.</param>
    public static void Make(BytePath gitDirectory, string head, RepositoryShape shape, string settings, BytePath? borrowed)
    {
        foreach (var name in (string[])["", "objects", "objects/info", "objects/pack", "refs", "refs/heads", "info"])
        {
            Directory.CreateDirectory(Text(gitDirectory.Join(name)));
        }

        Put(gitDirectory, "HEAD", $"ref: {head}\n");
        Put(gitDirectory, "config", Header(shape) + settings);
        if (shape.Shallow is { } shallow)
        {
            File.WriteAllBytes(Text(gitDirectory.Join("shallow")), shallow);
        }

        if (borrowed is not null)
        {
            if (borrowed.Bytes.Contains((byte)'\n'))
            {
                throw new UserError(
                    $"The path '{borrowed}' holds a line break, which git cannot borrow objects from.",
                    "Move the repository to a path without one."
                );
            }

            File.WriteAllBytes(Text(gitDirectory.Join("objects/info/alternates")), [.. borrowed.Bytes, (byte)'\n']);
        }
    }

    /// <summary>Writes a reference as a file.</summary>
    public static void PutReference(BytePath gitDirectory, string name, string commit)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Text(gitDirectory.Join(name)))!);
        Put(gitDirectory, name, commit + "\n");
    }

    /// <summary>The path for the runtime's own file calls; Coop's places are UTF-8.</summary>
    /// <exception cref="UserError">It is not.</exception>
    public static string Text(BytePath path) =>
        path.TryGetText(out var text)
            ? text
            : throw new UserError($"The path '{path}' is no UTF-8 text.", "Move the repository to a path that is.");

    private static void Put(BytePath gitDirectory, string name, string content) =>
        File.WriteAllText(Text(gitDirectory.Join(name)), content);

    /// <summary>The part of a configuration without which git misreads a repository of that shape.</summary>
    public static string Header(RepositoryShape shape)
    {
        StringBuilder text = new();
        var hasExtensions = shape.ObjectFormat != "sha1" || shape.IsPartial;
        text.Append("[core]\n\trepositoryformatversion = ")
            .Append(hasExtensions ? '1' : '0')
            .Append("\n\tfilemode = true\n\tbare = false\n");
        if (hasExtensions)
        {
            text.Append("[extensions]\n");
            if (shape.ObjectFormat != "sha1")
            {
                text.Append("\tobjectFormat = ").Append(shape.ObjectFormat).Append('\n');
            }

            if (shape.IsPartial)
            {
                // What is missing was promised by a remote that cannot be asked from here.
                text.Append(
                    "\tpartialClone = promisor\n[remote \"promisor\"]\n\turl = /dev/null\n\tpromisor = true\n\tpartialCloneFilter = blob:none\n"
                );
            }
        }

        return text.ToString();
    }
}
