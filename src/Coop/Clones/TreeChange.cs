using System.Globalization;
using System.Text;
using Coop.Storage;

namespace Coop.Clones;

/// <summary>One path that differs between two trees.</summary>
/// <param name="OldMode">As in git's trees, in octal; 0 when it was not there.</param>
/// <param name="NewMode">0 when it is not there.</param>
/// <param name="OldId">Of the blob, or of a submodule's commit; all zeros when it was not there.</param>
internal sealed record TreeChange(BytePath Path, int OldMode, int NewMode, string OldId, string NewId)
{
    private const int Executable = 0b1_000_000_111_101_101;
    private const int Link = 0xA000;
    private const int Submodule = 0xE000;
    private const int Kind = 0xF000;

    public bool IsAdded => OldMode == 0;

    public bool IsDeleted => NewMode == 0;

    public bool BecameLink => (NewMode & Kind) == Link;

    public bool BecameSubmodule => (NewMode & Kind) == Submodule;

    public bool IsRegularAfter => NewMode != 0 && (NewMode & Kind) == 0x8000;

    public bool BecameExecutable => NewMode == Executable && OldMode != Executable;

    public bool HasNewBlob => NewMode != 0 && !BecameSubmodule && NewId != OldId;

    /// <summary>Reads <c>git diff-tree -r --raw -z --no-renames --no-abbrev</c>: a colon, modes, ids and a letter up to a NUL, then the path up to a NUL.</summary>
    public static IReadOnlyList<TreeChange> Parse(ReadOnlySpan<byte> output)
    {
        List<TreeChange> changes = [];
        ReadOnlySpan<byte> pending = [];
        foreach (var range in output.Split((byte)0))
        {
            var field = output[range].TrimStart((byte)'\n');
            if (pending.IsEmpty)
            {
                pending = field is [(byte)':', ..] ? field : [];
                continue;
            }

            if (Encoding.ASCII.GetString(pending[1..]).Split(' ') is [var oldMode, var newMode, var oldId, var newId, _])
            {
                changes.Add(new TreeChange(BytePath.From(field), Octal(oldMode), Octal(newMode), oldId, newId));
            }

            pending = [];
        }

        return changes;
    }

    private static int Octal(string text) => text.Aggregate(0, (value, digit) => (value * 8) + (digit - '0'));

    /// <summary>The mode as git prints it.</summary>
    public static string ModeText(int mode) => Convert.ToString(mode, 8).PadLeft(6, '0').ToString(CultureInfo.InvariantCulture);
}
