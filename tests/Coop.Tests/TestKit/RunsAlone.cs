using Xunit;

namespace Coop.TestKit;

/// <summary>For tests that count what the whole process has open.</summary>
[CollectionDefinition(nameof(RunsAlone), DisableParallelization = true)]
public sealed class RunsAlone;
