namespace Tollgate.Model;

/// <summary>A tenant; the words of the field call the first one the super tenant.</summary>
public sealed record Organization
{
    /// <summary>Id of the organization that exists from the first start.</summary>
    public const string Default = "carbon.super";

    /// <summary>The number that scripts of the field expect for the first organization.</summary>
    public const long DefaultNumber = -1234;

    private const int MaxLength = 100;

    /// <summary>The domain name, in lower case: users sign in as user@id.</summary>
    public required string Id { get; init; }

    /// <summary>Counts up from 1.</summary>
    public long Number { get; init; }

    public string? DisplayName { get; init; }

    /// <summary>False while nobody of it may sign in and gateways serve none of its APIs.</summary>
    public bool Active { get; init; } = true;

    /// <summary>Unix time in milliseconds.</summary>
    public long CreatedAt { get; init; }

    public long RowVersion { get; init; }

    /// <summary>The path under which gateways serve the APIs of an organization; empty for the first one.</summary>
    public static string PathOf(string id) => id == Default ? "" : "/t/" + id;

    /// <summary>A domain name stands in URLs and in front of contexts: DNS labels only, at least two.</summary>
    public static string CheckId(string? id)
    {
        var domain = id?.ToLowerInvariant();
        return domain is { Length: >= 3 and <= MaxLength } && domain != Default && domain.Contains('.', StringComparison.Ordinal)
            && domain.Split('.').All(IsLabel)
            ? domain
            : throw Refusal.BadRequest(
                $"'{id}' is no domain name for an organization: labels of letters, digits and inner '-', joined by dots, like example.com.");
    }

    private static bool IsLabel(string label) =>
        label.Length is >= 1 and <= 63 && label[0] != '-' && label[^1] != '-' && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}

/// <summary>A part of an organization that shares its portal; visibility and plans can be given to it.</summary>
public sealed record SubOrganization
{
    public required string Id { get; init; }

    public required string Organization { get; init; }

    /// <summary>How the organization's own directory names it.</summary>
    public required string ExternalId { get; init; }

    public string? DisplayName { get; init; }

    public string? Description { get; init; }

    public long RowVersion { get; init; }
}
