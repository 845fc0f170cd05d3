using Coop.Errors;
using Coop.TestKit;
using Xunit;

namespace Coop.Storage;

public sealed class AppendedFileTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void Every_write_goes_to_the_end_whoever_wrote_between()
    {
        using var one = Open();
        using var other = Open();
        Write(one, "a\n");
        Write(other, "b\n");
        File.AppendAllText(directory.PathOf("log"), "c\n");
        Write(one, "d\n");
        AppendedFile.Add(BytePath.From(directory.Path), BytePath.From("log"), "e\n"u8);
        Assert.Equal("a\nb\nc\nd\ne\n", File.ReadAllText(directory.PathOf("log")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(directory.PathOf("log")));
    }

    [Fact]
    public void A_link_is_not_followed()
    {
        File.CreateSymbolicLink(directory.PathOf("log"), directory.PathOf("elsewhere"));
        Assert.Throws<UserError>(() => Open());
        Assert.False(File.Exists(directory.PathOf("elsewhere")));
    }

    private Microsoft.Win32.SafeHandles.SafeFileHandle Open() =>
        AppendedFile.Open(BytePath.From(directory.Path), BytePath.From("log"));

    private static void Write(Microsoft.Win32.SafeHandles.SafeFileHandle file, string text) =>
        _ = Native.Descriptor.WriteAll((int)file.DangerousGetHandle(), System.Text.Encoding.ASCII.GetBytes(text));
}
