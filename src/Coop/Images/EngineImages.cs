using System.Globalization;
using System.Text;
using Coop.Configuration;
using Coop.Errors;
using Coop.Native;
using Coop.Processes;
using Coop.Terminal;

namespace Coop.Images;

/// <summary>What Coop asks an engine about images, and has it do: docker and podman take the same words.</summary>
internal sealed class EngineImages(IProcessRunner processes, EngineKind engine)
{
    private const string PathInImage = BaseImage.PackageListPath;

    /// <summary>Null when the engine has no such image.</summary>
    public async Task<long?> SizeAsync(string tag, CancellationToken cancellationToken)
    {
        var found = await AskAsync(["image", "inspect", "--format", "{{.Size}}", tag], cancellationToken);
        return found.Succeeded && long.TryParse(found.OutputText.Trim(), CultureInfo.InvariantCulture, out var bytes)
            ? bytes
            : null;
    }

    /// <summary>The name with the digest under which a registry has the image; null for one that no registry gave.</summary>
    public async Task<string?> DigestAsync(string tag, CancellationToken cancellationToken)
    {
        var found = await AskAsync(
            ["image", "inspect", "--format", "{{range .RepoDigests}}{{.}}\n{{end}}", tag],
            cancellationToken
        );
        return found.Succeeded
            ? found
                .OutputText.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .FirstOrDefault(name => !name.StartsWith("localhost/", StringComparison.Ordinal))
            : null;
    }

    /// <exception cref="UserError">The registry does not give it.</exception>
    public async Task PullAsync(string tag, CancellationToken cancellationToken)
    {
        var result = await AskAsync(["pull", "--quiet", tag], cancellationToken);
        if (!result.Succeeded)
        {
            var last = result.ErrorText.Split('\n').Select(PlainText.CleanLine).LastOrDefault(line => line.Length > 0);
            throw new UserError(
                $"{engine.Name()} cannot fetch '{tag}': {last ?? "it said nothing"}",
                $"Name an image that is here: {SettingCatalog.NodeImage}=<image>"
            );
        }
    }

    /// <summary>The tag's boxes that are running; they keep the image they started with.</summary>
    public async Task<int> RunningOnAsync(string tag, CancellationToken cancellationToken)
    {
        var found = await AskAsync(
            ["ps", "--quiet", "--filter", "label=coop.run", "--filter", $"ancestor={tag}"],
            cancellationToken
        );
        return found.Succeeded ? found.OutputText.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length : 0;
    }

    /// <summary>The list that <see cref="BaseImage"/> left in the image; empty when it has none.</summary>
    public async Task<ReadOnlyMemory<byte>> PackageListAsync(string tag, CancellationToken cancellationToken)
    {
        var found = await AskAsync(
            ["run", "--rm", "--network=none", "--pull=never", "--cap-drop=ALL", "--entrypoint", "cat", tag, PathInImage],
            cancellationToken
        );
        return found.Succeeded ? found.Output : ReadOnlyMemory<byte>.Empty;
    }

    /// <summary>Builds an image from an archive on the standard input. Returns the engine's exit code.</summary>
    /// <param name="context">See <see cref="ContextArchive"/>.</param>
    /// <param name="proxies">Variables of Coop's own environment that the build gets; their values stand in no argument.</param>
    /// <param name="isFresh">Nothing of an earlier build is used again.</param>
    /// <param name="print">Gets each line of the engine's output, without its end.</param>
    public int Build(ImagePlan plan, int context, IReadOnlyList<string> proxies, bool isFresh, Action<string> print)
    {
        List<string> words = ["build", "--tag", plan.Tag, "--file", plan.FileName, "--force-rm"];
        words.AddRange(["--label", $"coop.inputs={plan.Inputs}", "--label", $"coop.role={(plan.HasTree ? "own" : "base")}"]);
        words.AddRange(proxies.SelectMany(name => (string[])["--build-arg", name]));
        if (isFresh)
        {
            words.Add("--no-cache");
        }

        words.Add("-");
        var (read, write) = Descriptor.Pipe();
        try
        {
            using var client = processes.Start(
                new ProcessSpec(CString.From(engine.Name()), CString.List(words.ToArray()))
                {
                    Descriptors = [new(context, 0), new(write, 1), new(write, 2)],
                }
            );
            _ = Unistd.close(write);
            write = -1;
            ReadLines(read, print);
            return client.WaitForExit();
        }
        finally
        {
            _ = Unistd.close(read);
            if (write >= 0)
            {
                _ = Unistd.close(write);
            }
        }
    }

    private Task<ProcessResult> AskAsync(string[] words, CancellationToken cancellationToken) =>
        processes.CaptureAsync(new ProcessSpec(engine.Name(), words), cancellationToken);

    private static void ReadLines(int pipe, Action<string> print)
    {
        var buffer = new byte[16 * 1024];
        StringBuilder line = new();
        var decoder = Encoding.UTF8.GetDecoder();
        var text = new char[Encoding.UTF8.GetMaxCharCount(buffer.Length)];
        int count;
        while ((count = Descriptor.Read(pipe, buffer)) > 0)
        {
            foreach (var one in text.AsSpan(0, decoder.GetChars(buffer.AsSpan(0, count), text, flush: false)))
            {
                if (one == '\n')
                {
                    print(line.ToString());
                    line.Clear();
                }
                else if (line.Length < LongestLine)
                {
                    line.Append(one);
                }
            }
        }

        if (line.Length > 0)
        {
            print(line.ToString());
        }
    }

    // In characters; what a program prints beyond it on one line is dropped.
    private const int LongestLine = 4096;
}
