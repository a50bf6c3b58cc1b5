using Tollgate.Model;
using Tollgate.Storage.Runtime;

namespace Tollgate.Storage.Clients;

/// <summary>Clients that people registered for the REST APIs. Gateways do not know them: they call no published API.</summary>
public sealed class ClientStore(ApimDatabase database)
{
    /// <summary>Most clients of one owner.</summary>
    public const int Most = 200;

    private const string Columns =
        "client_id, organization, owner, name, secret_hash, grant_types, callback_url, saas_app, token_type, created_at";

    public async Task<RegisteredClient?> FindAsync(string clientId) => (await database.ReadAsync(db => db.FirstAsync<Row>(
        $"SELECT {Columns} FROM clients WHERE client_id = @clientId", new { clientId })))?.ToClient();

    public async Task<RegisteredClient?> FindByNameAsync(string organization, string owner, string name) =>
        (await database.ReadAsync(db => db.FirstAsync<Row>(
            $"SELECT {Columns} FROM clients WHERE organization = @organization AND owner = @owner AND name_key = @nameKey",
            new { organization, owner, nameKey = NameKey.Of(name) })))?.ToClient();

    /// <summary>Saves a new client; of any number of parallel ones with one name, one is saved and returned to all.</summary>
    public async Task<RegisteredClient> AddAsync(RegisteredClient client)
    {
        try
        {
            await database.WriteAsync(async db =>
            {
                await RefuseManyAsync(db, client);
                return await InsertAsync(db, client);
            });
            return client;
        }
        catch (DuplicateException)
        {
            return (await FindByNameAsync(client.Organization, client.Owner, client.Name))!;
        }
    }

    private static async Task RefuseManyAsync(Transaction db, RegisteredClient client)
    {
        if (await db.FirstAsync<int>("SELECT COUNT(*) FROM clients WHERE organization = @Organization AND owner = @Owner", client) >= Most)
        {
            throw Refusal.BadRequest($"'{client.Owner}' has {Most} registered clients, the most there can be. Use the name of one of them.");
        }
    }

    private static Task<int> InsertAsync(Transaction db, RegisteredClient client) => db.ExecuteAsync(
        """
        INSERT INTO clients (client_id, organization, owner, name, name_key, secret_hash, grant_types, callback_url, saas_app, token_type, created_at)
        VALUES (@ClientId, @Organization, @Owner, @Name, @nameKey, @SecretHash, @grantTypes, @CallbackUrl, @saasApp, @TokenType, @CreatedAt)
        """,
        new
        {
            client.ClientId, client.Organization, client.Owner, client.Name, client.SecretHash, client.CallbackUrl, client.TokenType,
            client.CreatedAt, nameKey = NameKey.Of(client.Name), grantTypes = ModelJson.Write(client.GrantTypes),
            saasApp = client.SaasApp ? 1 : 0,
        });

    private sealed record Row
    {
        public string ClientId { get; init; } = "";

        public string Organization { get; init; } = "";

        public string Owner { get; init; } = "";

        public string Name { get; init; } = "";

        public string SecretHash { get; init; } = "";

        public string GrantTypes { get; init; } = "";

        public string? CallbackUrl { get; init; }

        public long SaasApp { get; init; }

        public string TokenType { get; init; } = "";

        public long CreatedAt { get; init; }

        public RegisteredClient ToClient() => new()
        {
            ClientId = ClientId,
            Organization = Organization,
            Owner = Owner,
            Name = Name,
            SecretHash = SecretHash,
            GrantTypes = ModelJson.Read<IReadOnlyList<string>>(GrantTypes),
            CallbackUrl = CallbackUrl,
            SaasApp = SaasApp != 0,
            TokenType = TokenType,
            CreatedAt = CreatedAt,
        };
    }
}
