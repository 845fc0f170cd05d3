namespace Coop.GitControls;

/// <summary>
/// Which keys of git's configuration are what. Lists of what is allowed, never of what is forbidden: git's programs and places grow with every release, and driver
/// names come from the tree.
/// </summary>
internal static class GitConfigRules
{
    // A star stands for one subsection of any text. None of these makes git start a program, read a file outside, or send anything anywhere by itself.
    private static readonly HashSet<string> Harmless = new(StringComparer.Ordinal)
    {
        "branch.*.description",
        "branch.*.merge",
        "branch.*.pushremote",
        "branch.*.rebase",
        "branch.*.remote",
        "branch.autosetupmerge",
        "branch.autosetuprebase",
        "commit.gpgsign",
        "core.abbrev",
        "core.autocrlf",
        "core.bare",
        "core.bigfilethreshold",
        "core.checkstat",
        "core.commentchar",
        "core.compression",
        "core.eol",
        "core.filemode",
        "core.ignorecase",
        "core.logallrefupdates",
        "core.longpaths",
        "core.precomposeunicode",
        "core.protecthfs",
        "core.protectntfs",
        "core.quotepath",
        "core.repositoryformatversion",
        "core.safecrlf",
        "core.sharedrepository",
        "core.sparsecheckout",
        "core.sparsecheckoutcone",
        "core.symlinks",
        "core.trustctime",
        "core.untrackedcache",
        "core.whitespace",
        "diff.algorithm",
        "diff.renames",
        "extensions.compatobjectformat",
        "extensions.noop",
        "extensions.objectformat",
        "extensions.partialclone",
        "extensions.preciousobjects",
        "extensions.refstorage",
        "extensions.relativeworktrees",
        "extensions.worktreeconfig",
        "feature.manyfiles",
        "fetch.prune",
        "fetch.prunetags",
        "gc.auto",
        "index.sparse",
        "index.version",
        "init.defaultbranch",
        "lfs.repositoryformatversion",
        "merge.conflictstyle",
        "merge.ff",
        "merge.renames",
        "pull.ff",
        "pull.rebase",
        "push.autosetupremote",
        "push.default",
        "push.followtags",
        "rebase.autosquash",
        "rebase.autostash",
        "rebase.updaterefs",
        "remote.*.fetch",
        "remote.*.mirror",
        "remote.*.partialclonefilter",
        "remote.*.promisor",
        "remote.*.prune",
        "remote.*.push",
        "remote.*.pushurl",
        "remote.*.skipdefaultupdate",
        "remote.*.skipfetchall",
        "remote.*.tagopt",
        "remote.*.url",
        "remote.pushdefault",
        "rerere.enabled",
        "submodule.*.active",
        "submodule.*.branch",
        "submodule.*.fetchrecursesubmodules",
        "submodule.*.ignore",
        "submodule.*.shallow",
        "submodule.*.update",
        "submodule.*.url",
        "submodule.active",
        "submodule.recurse",
        "tag.gpgsign",
        "user.email",
        "user.name",
        "user.useconfigonly",
    };

    // These start programs; in the box that is the user's own wish and stays in the box. (core.worktree is left out: the box's git finds its tree by the
    // .git file, and git submodule update rewrites the value wherever it finds one.)
    private static readonly HashSet<string> HarmlessInBox = new(StringComparer.Ordinal)
    {
        "core.attributesfile",
        "core.hookspath",
        "diff.*.binary",
        "diff.*.cachetextconv",
        "diff.*.command",
        "diff.*.textconv",
        "diff.*.xfuncname",
        "filter.*.clean",
        "filter.*.process",
        "filter.*.required",
        "filter.*.smudge",
        "merge.*.driver",
        "merge.*.name",
        "merge.*.recursive",
    };

    // In the box git must not ask for the user's keys, and takes files by size and time (see the decoys).
    private static readonly HashSet<string> SetByCoop = new(StringComparer.Ordinal)
    {
        "commit.gpgsign",
        "core.checkstat",
        "core.trustctime",
        "tag.gpgsign",
    };

    /// <summary>True when a value in a repository's configuration can make nothing run on the host.</summary>
    public static bool IsSafeOnHost(string key, string? value)
    {
        if (!Harmless.Contains(Generic(key)))
        {
            return false;
        }

        // A transport helper (`ext::sh -c …`), an option in the place of an address, a command in the place of an update mode.
        return value is null
            || !(value.Contains("::", StringComparison.Ordinal) && key.EndsWith("url", StringComparison.Ordinal))
                && !value.StartsWith('-')
                && !value.StartsWith('!');
    }

    /// <summary>True when the box's copy of the configuration keeps the key.</summary>
    public static bool IsKeptInBox(string key)
    {
        var generic = Generic(key);
        return !SetByCoop.Contains(generic) && (Harmless.Contains(generic) || HarmlessInBox.Contains(generic));
    }

    // section.subsection.name with the subsection, which may hold dots, as a star.
    private static string Generic(string key)
    {
        var first = key.IndexOf('.');
        var last = key.LastIndexOf('.');
        return first == last ? key : $"{key[..first]}.*{key[last..]}";
    }
}
