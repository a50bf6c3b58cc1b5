namespace Tollgate.Storage.Applications;

/// <summary>Order of an application list.</summary>
public enum ApplicationOrder
{
    Name,
    Policy,
    Status,
    CreatedTime,
}

/// <summary>Which applications a list shows, and in which order: those of an owner, and those shared with his groups.</summary>
public sealed record ApplicationQuery(string Organization, string Owner)
{
    /// <summary>Groups of the owner.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>True leaves out what is his own.</summary>
    public bool SharedOnly { get; init; }

    /// <summary>The exact name, case does not matter; null for all.</summary>
    public string? Name { get; init; }

    public ApplicationOrder Order { get; init; }

    public bool Descending { get; init; }

    internal string Where => $"organization = @Organization AND {Whose("applications")}" + (Name is null ? "" : " AND name_key = @name");

    internal IEnumerable<string> GroupKeys => Groups.Select(NameKey.Of);

    internal string OrderBy => (Order switch
    {
        ApplicationOrder.Policy => "policy",
        ApplicationOrder.Status => "status",
        ApplicationOrder.CreatedTime => "created_at",
        _ => "name_key",
    }) + (Descending ? " DESC" : " ASC") + ", id";

    /// <summary>The condition on a row of applications; takes the arguments Owner, Organization and groups.</summary>
    internal string Whose(string table)
    {
        var shared = $"{table}.id IN (SELECT application_id FROM application_groups WHERE organization = @Organization AND name_key IN @groups)";
        return SharedOnly ? Groups.Count == 0 ? "1 = 0" : shared : Groups.Count == 0 ? $"{table}.owner = @Owner" : $"({table}.owner = @Owner OR {shared})";
    }
}
