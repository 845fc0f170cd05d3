using Coop.Git;
using Coop.Native;
using Coop.Storage;

namespace Coop.Clones;

/// <summary>The variables under which git sees a directory that Coop made, and no configuration but the one Coop wrote there.</summary>
internal static class IsolatedGit
{
    /// <param name="gitDirectory">Made by Coop.</param>
    /// <param name="workTree">Null: none is needed.</param>
    public static GitCall In(BytePath gitDirectory, BytePath? workTree, params ReadOnlySpan<string> arguments) =>
        new(workTree ?? gitDirectory, arguments) { Variables = Variables(gitDirectory, workTree) };

    // No home either: git before 2.32 knows no other way to leave the user's own file out.
    private static IReadOnlyList<CString> Variables(BytePath gitDirectory, BytePath? workTree) =>
        [
            Of("GIT_DIR=", gitDirectory),
            .. workTree is null ? [] : (CString[])[Of("GIT_WORK_TREE=", workTree)],
            Of("HOME=", gitDirectory),
            Of("XDG_CONFIG_HOME=", gitDirectory),
            CString.From("GIT_CONFIG_NOSYSTEM=1"),
            CString.From("GIT_CONFIG_GLOBAL=/dev/null"),
            CString.From("GIT_ATTR_NOSYSTEM=1"),
            CString.From("GIT_NO_LAZY_FETCH=1"),
            CString.From("GIT_NO_REPLACE_OBJECTS=1"),
            CString.From("GIT_PROTOCOL_FROM_USER=0"),
            CString.From("LC_ALL=C"),
        ];

    /// <summary>A variable whose value is a path.</summary>
    public static CString Of(string name, BytePath path) =>
        CString.From([.. System.Text.Encoding.ASCII.GetBytes(name), .. path.Bytes]);
}
