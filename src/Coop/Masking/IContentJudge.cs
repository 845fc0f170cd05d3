using Coop.Native;
using Coop.Storage;

namespace Coop.Masking;

/// <summary>Tells which files a secret stands in; the port of a search to whoever can look into files.</summary>
internal interface IContentJudge
{
    /// <summary>Whether the files of a directory are looked into at all.</summary>
    /// <param name="directory">Relative to the root of the tree.</param>
    bool LooksInto(BytePath directory);

    /// <summary>True when nothing is to be found in a file, or nothing was when it was last as it is now. Called by several threads, once for each file of a search.</summary>
    bool IsKnownClean(ReadOnlySpan<byte> name, FileStatus status);

    /// <summary>Looks into files; called once in a search, after every file was asked for.</summary>
    /// <param name="files">Those that are not known to be clean, relative to the root of the tree.</param>
    /// <returns>Those to hide, with the reason.</returns>
    IReadOnlyDictionary<BytePath, HiddenReason> Judge(
        IReadOnlyList<(BytePath Path, FileStatus Status)> files,
        CancellationToken cancellationToken
    );
}
