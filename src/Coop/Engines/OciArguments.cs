using System.Globalization;
using Coop.Boxes;
using Coop.Errors;
using Coop.Formats;
using Coop.Native;

namespace Coop.Engines;

/// <summary>The part of a <c>run</c> command that docker and podman share word for word.</summary>
internal static class OciArguments
{
    // Linux: MAX_ARG_STRLEN is 32 pages for one word; all words and variables together get a quarter of the stack limit, by default 2 MiB. Some
    // room stays for the environment.
    private const int AllWordsLimitBytes = 1_900_000;

    public static List<string> Common(BoxPlan plan, string network)
    {
        List<string> words =
        [
            "run",
            "--rm",
            "--interactive",
            "--pull=never",
            "--name",
            plan.Name,
            "--hostname",
            "coop",
            "--user",
            plan.User.Inside.ToString(),
            "--cap-drop=ALL",
            "--security-opt=no-new-privileges",
            "--security-opt=label=disable",
            "--log-driver=none",
            "--network",
            network,
        ];
        AddLimits(words, plan.Limits);
        return words;
    }

    /// <summary>Appends what every engine takes alike: labels, variables, mounts, the user's own arguments, the image and the first process's words.</summary>
    /// <exception cref="UserError">The words together are more than the kernel takes.</exception>
    public static IReadOnlyList<CString> Finish(List<string> options, BoxPlan plan)
    {
        if (plan.HasTerminal)
        {
            options.Add("--tty");
        }

        options.AddRange(plan.Labels.SelectMany(label => (string[])["--label", $"{label.Name}={label.Value}"]));
        options.AddRange(plan.Environment.SelectMany(variable => (string[])["--env", $"{variable.Name}={variable.Value}"]));
        options.AddRange(plan.Mounts.SelectMany(mount => (string[])["--mount", MountOption.Render(mount)]));
        List<CString> words =
        [
            .. options.Select(word => CString.From(word)),
            CString.From("--workdir"),
            CString.From(plan.WorkingDirectory.Bytes),
            CString.From("--entrypoint"),
            CString.From(GuestProtocol.ProgramPath),
            .. plan.ExtraArguments.Select(word => CString.From(word)),
            CString.From(plan.Image ?? throw new InvalidOperationException("A container engine needs an image.")),
            .. GuestCommandLine.For(plan, carriesBytes: false, makesTerminal: false),
        ];
        if (words.Sum(word => word.Bytes.Length + 1 + IntPtr.Size) > AllWordsLimitBytes)
        {
            throw new UserError(
                $"The box needs {plan.Mounts.Count} mounts, more than an engine's arguments can carry.",
                "Run it on bubblewrap, which takes any number: COOP_RUNTIME=bwrap coop …"
            );
        }

        return words;
    }

    private static void AddLimits(List<string> words, BoxLimits limits)
    {
        // -1 is «no limit» for both engines; 0 would be refused by some versions.
        words.Add(string.Create(CultureInfo.InvariantCulture, $"--pids-limit={limits.Pids.Value ?? -1}"));
        if (limits.Memory.Value is { } memory)
        {
            // The same number for memory and swap together: swap would undo the cap.
            words.Add(string.Create(CultureInfo.InvariantCulture, $"--memory={memory}"));
            words.Add(string.Create(CultureInfo.InvariantCulture, $"--memory-swap={memory}"));
        }

        if (limits.Cpus.Value is { } cpus)
        {
            words.Add(string.Create(CultureInfo.InvariantCulture, $"--cpus={cpus}"));
        }
    }
}
