namespace Tollgate.Flows.Harness;

/// <summary>Tests that measure times or use the machine to its limit: they run one at a time, after the others.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
