using System.Runtime.InteropServices;

namespace Coop.Native;

/// <summary>A NULL-ended array of C strings in native memory, as <c>execve(2)</c> takes argv and envp. Freed by its owner.</summary>
internal sealed unsafe class CStringArray : IDisposable
{
    private readonly int count;
    private byte** array;

    public CStringArray(IReadOnlyList<CString> values)
    {
        count = values.Count;
        array = (byte**)NativeMemory.AllocZeroed((nuint)(count + 1), (nuint)sizeof(byte*));
        for (var i = 0; i < count; i++)
        {
            var bytes = values[i].Bytes;
            array[i] = (byte*)NativeMemory.Alloc((nuint)bytes.Length + 1);
            bytes.CopyTo(new Span<byte>(array[i], bytes.Length));
            array[i][bytes.Length] = 0;
        }
    }

    public byte** Pointer => array;

    public void Dispose()
    {
        if (array is null)
        {
            return;
        }

        for (var i = 0; i < count; i++)
        {
            NativeMemory.Free(array[i]);
        }

        NativeMemory.Free(array);
        array = null;
    }
}
