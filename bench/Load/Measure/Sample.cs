namespace Tollgate.Load.Measure;

/// <summary>What one round of one proxy measured.</summary>
/// <param name="CpuMicroseconds">Processor time of the proxy's process per request.</param>
/// <param name="PerSecond">Requests per second.</param>
/// <param name="P50">Milliseconds.</param>
/// <param name="P99">Milliseconds.</param>
/// <param name="ResidentMegabytes">Memory of the proxy's process after the round.</param>
internal sealed record Sample(double CpuMicroseconds, double PerSecond, double P50, double P99, double ResidentMegabytes);

/// <summary>What a load generator reports of one round.</summary>
internal sealed record LoadResult(long Requests, double PerSecond, double P50, double P99);

/// <summary>A proxy that is measured.</summary>
internal sealed record Candidate(string Name, int ProcessId, Processes.ProxyPorts Ports)
{
    public const string Nginx = "nginx";
    public const string Gateway = "gateway-worker";
    public const string Default = "default";
}
