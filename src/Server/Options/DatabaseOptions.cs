using Tollgate.Model.Settings;

namespace Tollgate.Server.Options;

/// <summary>Settings of the databases.</summary>
internal sealed record DatabaseOptions
{
    [Setting("database.apim_db", "API data.")]
    public OneDatabase Apim { get; init; } = new();

    [Setting("database.shared_db", "Users, roles and shared keys.")]
    public OneDatabase Shared { get; init; } = new();
}

/// <summary>Settings of one database.</summary>
internal sealed record OneDatabase
{
    [Setting("type", "h2 or sqlite: the embedded database.")]
    public string Type { get; init; } = "h2";

    [Setting("file", "File of the embedded database; relative to the home folder. Empty takes repository/database.")]
    public string File { get; init; } = "";
}
