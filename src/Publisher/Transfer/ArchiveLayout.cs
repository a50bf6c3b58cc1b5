namespace Tollgate.Publisher.Transfer;

/// <summary>The field's project layout: where the parts of an API stand in an archive.</summary>
internal static class ArchiveLayout
{
    public const string Version = "v4.7.0";

    public const string Api = "api";
    public const string Meta = "api_meta";
    public const string Product = "api_product";
    public const string ProductMeta = "api_product_meta";

    /// <summary>The folder with the APIs that a product is made of.</summary>
    public const string Apis = "APIs";

    public const string Deployments = "deployment_environments";
    public const string Definition = "Definitions/swagger";

    /// <summary>Of a WebSocket API.</summary>
    public const string TopicDefinition = "Definitions/asyncapi";

    public const string Documents = "Docs";
    public const string Document = "document";
    public const string Icon = "Image/icon";

    /// <summary>Notes for people, written by the field's command line; nothing reads them.</summary>
    public const string Notes = "README.md";

    public static readonly IReadOnlyList<string> TextExtensions = [".yaml", ".yml", ".json"];

    public static readonly IReadOnlyList<string> IconExtensions = [".png", ".jpg", ".jpeg", ".gif", ".svg"];

    /// <summary>A name as a path segment of an archive: harmless on every file system, and not taken by another one.</summary>
    public static string Segment(string name, ISet<string> taken)
    {
        var safe = new string([.. name.Select(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_' or '.' ? c : '_')]).Trim(' ', '.');
        safe = safe.Length == 0 ? "_" : safe.Length > 80 ? safe[^80..].Trim(' ', '.') : safe;
        var unique = safe;
        for (var i = 2; !taken.Add(unique.ToUpperInvariant()); i++)
        {
            unique = $"{i}-{safe}";
        }

        return unique;
    }
}
