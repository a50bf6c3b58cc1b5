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

    internal string OrderBy
    {
        get
        {
            var direction = Descending ? "DESC" : "ASC";
            return Order switch
            {
                ApplicationOrder.Policy => $"policy {direction}, id",
                ApplicationOrder.Status => $"status {direction}, id",
                ApplicationOrder.CreatedTime => $"created_at {direction}, id",
                // Names are unique within an owner. With the id MariaDB leaves his index for the organization's and reads each row (130 ms for 20).
                _ => OwnOnly ? $"name_key {direction}" : $"name_key {direction}, id",
            };
        }
    }

    private bool OwnOnly => !SharedOnly && Groups.Count == 0;

    /// <summary>The condition on a row of applications; takes the arguments Owner, Organization and groups.</summary>
    internal string Whose(string table)
    {
        var shared = $"{table}.id IN (SELECT application_id FROM application_groups WHERE organization = @Organization AND name_key IN @groups)";
        return SharedOnly ? Groups.Count == 0 ? "1 = 0" : shared : OwnOnly ? $"{table}.owner = @Owner" : $"({table}.owner = @Owner OR {shared})";
    }
}
