using System.Text;
using Coop.Native;

namespace Coop.Storage;

/// <summary>Makes the empty file or directory that a bind mount needs as its place.</summary>
internal static class StagingPlace
{
    public static void Make(BytePath source, BytePath place)
    {
        // Places are Coop's own names, which are text; sources may be any bytes.
        var path = Encoding.UTF8.GetString(place.Bytes);
        if (FileQuestion.StatusOf(CString.From(source.Bytes)) is { IsDirectory: true })
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            File.WriteAllBytes(path, []);
        }
    }
}
