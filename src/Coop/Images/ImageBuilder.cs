using Coop.Configuration;
using Coop.Errors;
using Coop.Masking;
using Coop.Processes;
using Coop.Repositories;
using Coop.Storage;
using Coop.Terminal;

namespace Coop.Images;

/// <summary>Has an engine build a planned image: says the steps as they come, and on failure the last lines.</summary>
internal sealed class ImageBuilder(
    HostEnvironment host,
    UserDirectories directories,
    IProcessRunner processes,
    ITerminal terminal,
    TimeProvider time
)
{
    private const int LastLines = 12;

    /// <param name="tree">The repository whose visible files go in, and what is hidden of it; null for none.</param>
    /// <exception cref="UserError">The build failed; an image of the same name that was there before still is.</exception>
    public void Build(
        EngineKind engine,
        ImagePlan plan,
        (RepositoryLocation Location, HiddenPaths Hidden)? tree,
        bool isFresh,
        CancellationToken cancellationToken
    )
    {
        var began = time.GetTimestamp();
        List<BytePath> left = [];
        using var context = ContextArchive.Write(directories.Cache, plan, tree?.Location, tree?.Hidden, left, cancellationToken);
        if (left.Count > 0)
        {
            terminal.Say($"{left.Count} names are no UTF-8 and stay out of the build, the first is '{left[0]}'.");
        }

        Queue<string> last = [];
        var code = new EngineImages(processes, engine).Build(
            plan,
            (int)context.SafeFileHandle.DangerousGetHandle(),
            ProxyVariables.SetIn(host),
            isFresh,
            line => Follow(plan, PlainText.CleanLine(line), last, began)
        );
        cancellationToken.ThrowIfCancellationRequested();
        if (code != 0)
        {
            foreach (var line in last)
            {
                terminal.Error($"  {line}\n");
            }

            throw new UserError(
                $"{engine.Name()} could not build {plan.Title} (exit {code}); its last lines stand above.",
                plan.HasTree ? $"Correct {plan.FileName}, then: coop build" : "Mend what they name, then: coop build"
            );
        }

        terminal.Say($"built {plan.Title} in {Seconds(began)} s: {plan.Tag}");
    }

    private void Follow(ImagePlan plan, string line, Queue<string> last, long began)
    {
        if (line.Trim().Length == 0)
        {
            return;
        }

        last.Enqueue(line);
        if (last.Count > LastLines)
        {
            last.Dequeue();
        }

        if (StepOf(plan, line) is { } step)
        {
            terminal.Say($"{Seconds(began), 4} s  {step}");
        }
    }

    // Coop's own mark, or, of files that others wrote, the engine's line before each instruction: «Step 2/5 : RUN …», «STEP 2/5: RUN …», «#7 [2/5] RUN …».
    private static string? StepOf(ImagePlan plan, string line)
    {
        var mark = line.IndexOf(BaseImage.ProgressMark, StringComparison.Ordinal);
        if (mark >= 0)
        {
            return line[(mark + BaseImage.ProgressMark.Length)..];
        }

        var isStep =
            line.StartsWith("Step ", StringComparison.Ordinal)
            || line.StartsWith("STEP ", StringComparison.Ordinal)
            || (
                line.StartsWith('#')
                && line.Contains(" [", StringComparison.Ordinal)
                && line.Contains("] ", StringComparison.Ordinal)
            );
        return isStep && plan.HasTree ? Shortened(line) : null;
    }

    private static string Shortened(string line) => line.Length <= 100 ? line : line[..99] + "…";

    private long Seconds(long began) => (long)time.GetElapsedTime(began).TotalSeconds;
}
