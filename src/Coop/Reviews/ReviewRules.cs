using Coop.Clones;
using Coop.Guards;
using Coop.Masking;
using Coop.Storage;

namespace Coop.Reviews;

/// <summary>What of a change a reviewer must know. Pure but for the names' rules, which are read once.</summary>
internal static class ReviewRules
{
    public const long LargestBlobBytes = 5 << 20;

    private const string ModulesFile = ".gitmodules";

    /// <summary>What is wrong with one commit's change of one path, besides its content.</summary>
    /// <param name="sizes">Of new blobs.</param>
    /// <param name="links">The texts of new symbolic links, by blob.</param>
    public static IEnumerable<ReviewFinding> Judge(
        string commit,
        TreeChange change,
        HiddenNames names,
        IReadOnlyDictionary<string, long> sizes,
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> links
    )
    {
        // A hidden name that goes away is a decoy that landed: it refuses too.
        if (names.Judge(change.Path) is { } hidden)
        {
            var what = change.IsDeleted ? "is deleted, and boxes do not see it" : "is hidden from boxes by its name";
            yield return new ReviewFinding(FindingKind.HiddenName, change.Path, commit, $"{what} ({Clean(hidden.Rule)})");
        }

        if (change.HasNewBlob && sizes.GetValueOrDefault(change.NewId) is var size and > LargestBlobBytes)
        {
            yield return new ReviewFinding(
                FindingKind.LargeFile,
                change.Path,
                commit,
                $"holds {size / (1 << 20)} MiB, which the history keeps for ever"
            );
        }

        if (change.BecameLink && links.TryGetValue(change.NewId, out var target) && LeavesTree(change.Path, target.Span))
        {
            yield return new ReviewFinding(
                FindingKind.LinkOutside,
                change.Path,
                commit,
                $"is a link to '{BytePath.From(target.Span.IndexOf((byte)0) is var nul and >= 0 ? target.Span[..nul] : target.Span)}', outside the tree"
            );
        }

        if (change.BecameSubmodule && change.NewId != change.OldId)
        {
            yield return new ReviewFinding(FindingKind.Submodule, change.Path, commit, "is a submodule at another commit");
        }
        else if (change.Path.Bytes.SequenceEqual(".gitmodules"u8))
        {
            yield return new ReviewFinding(
                FindingKind.Submodule,
                change.Path,
                commit,
                $"says where submodules come from ({ModulesFile})"
            );
        }
    }

    /// <summary>What is to be looked at in the change as a whole.</summary>
    public static IEnumerable<ReviewFinding> JudgeWhole(TreeChange change, IReadOnlyList<string> gate)
    {
        if (HostTriggers.Of(change.Path) is { } trigger && !change.IsDeleted)
        {
            yield return new ReviewFinding(FindingKind.HostTrigger, change.Path, null, $"runs on this machine {trigger.When}");
        }

        if (TestRules.IsTest(change.Path) && change.IsDeleted)
        {
            yield return new ReviewFinding(FindingKind.TestRemoved, change.Path, null, "is a test and is gone");
        }

        if (GateRules.Runs(gate, change.Path))
        {
            yield return new ReviewFinding(FindingKind.GateChanged, change.Path, null, "is part of what the gate runs");
        }

        if (change.BecameExecutable)
        {
            yield return new ReviewFinding(
                FindingKind.ModeChanged,
                change.Path,
                null,
                change.IsAdded ? "is new and executable" : "became executable"
            );
        }
        else if (!change.IsAdded && !change.IsDeleted && (change.OldMode & 0xF000) != (change.NewMode & 0xF000))
        {
            yield return new ReviewFinding(
                FindingKind.ModeChanged,
                change.Path,
                null,
                $"changed its kind ({TreeChange.ModeText(change.OldMode)} to {TreeChange.ModeText(change.NewMode)})"
            );
        }
    }

    /// <summary>0 for what refuses a merge, then by what it can do on the user's machine and to the user's trust.</summary>
    public static int RiskOf(BytePath path, IReadOnlyList<ReviewFinding> findings)
    {
        var own = findings.Where(finding => path.Equals(finding.Path)).ToList();
        return own.Count == 0 ? 20 : own.Min(RiskOf);
    }

    private static int RiskOf(ReviewFinding finding) =>
        finding.Kind switch
        {
            FindingKind.HostTrigger => 1 + (HostTriggers.Of(finding.Path!)?.Danger ?? 4),
            FindingKind.GateChanged or FindingKind.TestRemoved or FindingKind.TestWeakened => 7,
            FindingKind.ModeChanged => 8,
            FindingKind.HiddenName
            or FindingKind.Token
            or FindingKind.LargeFile
            or FindingKind.LinkOutside
            or FindingKind.Submodule => 0,
            _ => throw new InvalidOperationException($"No risk for {finding.Kind}."),
        };

    /// <summary>By the text alone: a target that may lead elsewhere on another machine is outside.</summary>
    public static bool LeavesTree(BytePath link, ReadOnlySpan<byte> target)
    {
        if (target.IsEmpty || target.Contains((byte)0) || target[0] == '/')
        {
            return true;
        }

        var depth = link.Bytes.Count((byte)'/');
        foreach (var range in target.Split((byte)'/'))
        {
            var part = target[range];
            if (part.SequenceEqual(".."u8))
            {
                depth--;
            }
            else if (!part.IsEmpty && !part.SequenceEqual("."u8))
            {
                if (System.Text.Ascii.EqualsIgnoreCase(part, ".git"u8))
                {
                    return true;
                }

                depth++;
            }

            if (depth < 0)
            {
                return true;
            }
        }

        return false;
    }

    private static string Clean(string text) => Terminal.PlainText.CleanLine(text);
}
