using Tollgate.Model;
using Tollgate.Storage.Runtime;

namespace Tollgate.Storage.Apis;

/// <summary>A scope that an API asks for and the roles that may have it.</summary>
/// <param name="Name">The scope.</param>
/// <param name="Roles">Empty means every user.</param>
public sealed record ScopeBinding(string Name, IReadOnlyList<string> Roles);

/// <summary>Scopes of APIs, their own and shared ones.</summary>
public sealed class ScopeStore(ApimDatabase database)
{
    /// <summary>The bindings of these scopes; one that several versions of an API declare comes once per version.</summary>
    public async Task<IReadOnlyList<ScopeBinding>> BindingsAsync(string organization, IReadOnlyCollection<string> names) =>
        [.. (await database.ReadAsync(db => db.ListAsync<Row>(
            """
            SELECT name, bindings FROM api_scopes WHERE organization = @organization AND name IN @names
            UNION ALL
            SELECT name, bindings FROM shared_scopes WHERE organization = @organization AND name IN @names
            """,
            new { organization, names })))
            .Select(row => new ScopeBinding(row.Name, ModelJson.Read<IReadOnlyList<string>>(row.Bindings)))];

    private sealed record Row
    {
        public string Name { get; init; } = "";

        public string Bindings { get; init; } = "";
    }
}
