namespace Tollgate.Security.Archives;

/// <summary>How much an uploaded archive may contain once it is unpacked.</summary>
public sealed record ArchiveLimits
{
    /// <summary>Files and folders together.</summary>
    public int Entries { get; init; } = 1_000;

    /// <summary>Bytes of one unpacked file.</summary>
    public int EntryBytes { get; init; } = 20 * 1024 * 1024;

    /// <summary>Bytes of all unpacked files together.</summary>
    public long TotalBytes { get; init; } = 50 * 1024 * 1024;

    /// <summary>Unpacked bytes per packed byte of a file; OpenAPI documents and WSDL have up to 30.</summary>
    public int Ratio { get; init; } = 200;

    /// <summary>Below this size the ratio does not count: a small file of one repeated letter harms nobody.</summary>
    public int RatioFrom { get; init; } = 1024 * 1024;

    /// <summary>Characters of a path.</summary>
    public int PathLength { get; init; } = 255;

    /// <summary>Folders inside folders.</summary>
    public int Depth { get; init; } = 16;
}
