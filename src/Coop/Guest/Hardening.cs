using System.Runtime.InteropServices;
using Coop.Native;

namespace Coop.Guest;

/// <summary>What the first process does to itself before anything of the user's runs; children inherit it for good.</summary>
internal static class Hardening
{
    /// <summary>Null when it holds; otherwise why it does not.</summary>
    /// <param name="processes">The most processes the box may have; null leaves it to the engine. Coop reads it back from outside.</param>
    public static string? Apply(int? processes)
    {
        if (processes is { } limit && !ProcessLimit.SetForGood(limit))
        {
            return $"the number of processes cannot be limited: {Errno.Text(Errno.Last)}";
        }

        if (!Prctl.ForbidNewPrivileges())
        {
            return $"new privileges cannot be forbidden: {Errno.Text(Errno.Last)}";
        }

        var program = SystemCallFilter.For(RuntimeInformation.ProcessArchitecture);
        var failure = Prctl.Filter([.. program]);
        return failure == 0 ? null : $"the system-call filter cannot be set: {Errno.Text(-failure)}";
    }
}
