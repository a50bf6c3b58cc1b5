using Tollgate.Model;
using Tollgate.Model.Runtime;
using Tollgate.Storage.Apis;
using Tollgate.Storage.Policies;

namespace Tollgate.Storage.Runtime;

/// <summary>A table of the feed.</summary>
/// <param name="Name">Its name in the database.</param>
/// <param name="Read">Its changes above a version.</param>
internal sealed record FeedTable(string Name, Func<Transaction, object, FeedReceiver, IAsyncEnumerable<RuntimeChange>> Read);

/// <summary>The tables that make up runtime state, in the order a feed answer sends them.</summary>
internal static class FeedTables
{
    public static readonly IReadOnlyList<FeedTable> All =
    [
        new("runtime_tombstones", Tombstones),
        new("signing_keys", SigningKeys),
        new("throttling_policies", Policies),
        new("apis", Apis),
        new("deployments", Deployments),
        new("applications", Applications),
        new("credentials", Credentials),
        new("subscriptions", Subscriptions),
        new("revocations", Revocations),
        new("api_keys", ApiKeys),
        new("deny_policies", DenyPolicies),
        new("organization_states", Organizations),
    ];

    // The newest version of each table is the end of an index; one statement tells where anything is to be read at all.
    private static readonly string NewestQuery = string.Join(
        " UNION ALL ", All.Select((table, place) => $"SELECT {place} AS place, MAX(runtime_version) AS newest FROM {table.Name}"));

    /// <summary>Those of them that have rows above a version, in their order.</summary>
    public static async Task<IEnumerable<FeedTable>> ChangedAsync(Transaction db, long since) =>
        since == 0 ? All
        : (await db.ListAsync<NewestRow>(NewestQuery)).Where(row => row.Newest > since).OrderBy(row => row.Place).Select(row => All[(int)row.Place]);

    private static IAsyncEnumerable<RuntimeChange> Tombstones(Transaction db, object since, FeedReceiver _) => Read<TombstoneRow>(
        db, "SELECT kind, id, runtime_version FROM runtime_tombstones WHERE runtime_version > @since AND @since > 0", since,
        row => Change(row.RuntimeVersion, EnumText<RuntimeKind>.Parse(row.Kind), row.Id));

    private static IAsyncEnumerable<RuntimeChange> SigningKeys(Transaction db, object since, FeedReceiver _) => Read<SigningKeyRow>(
        db, "SELECT key_id, issuer, public_jwk, runtime_version FROM signing_keys WHERE runtime_version > @since", since,
        row => Change(row.RuntimeVersion, RuntimeKind.SigningKey, row.KeyId) with
        {
            SigningKey = new RuntimeSigningKey(row.KeyId, row.Issuer, row.PublicJwk),
        });

    private static IAsyncEnumerable<RuntimeChange> Policies(Transaction db, object since, FeedReceiver _) => Read<PolicyRow>(
        db, "SELECT id, organization, kind, name, terms, runtime_version FROM throttling_policies WHERE runtime_version > @since",
        since,
        row => Change(row.RuntimeVersion, RuntimeKind.Policy, row.Id) with { Policy = row.ToPolicy() });

    private static IAsyncEnumerable<RuntimeChange> Apis(Transaction db, object since, FeedReceiver _) => Read<ApiStateRow>(
        db, "SELECT id, state, is_default_version, runtime_version FROM apis WHERE runtime_version > @since", since,
        row => Change(row.RuntimeVersion, RuntimeKind.Api, row.Id) with
        {
            Api = new RuntimeApi(row.Id, EnumText<LifecycleState>.Parse(row.State), row.IsDefaultVersion != 0),
        });

    private static IAsyncEnumerable<RuntimeChange> Deployments(Transaction db, object since, FeedReceiver receiver) => Read<DeployedRow>(
        db,
        """
        SELECT a.id, a.organization, a.name, a.version, a.context, a.provider, a.state, r.design, r.operations, r.number,
               d.revision_id, d.environment, d.virtual_host, d.runtime_version, e.environment_type, e.default_host
        FROM deployments d JOIN apis a ON a.id = d.api_id JOIN revisions r ON r.id = d.revision_id
        LEFT JOIN gateway_environments e ON e.organization = a.organization AND e.name = d.environment
        WHERE d.runtime_version > @since
        """,
        since,
        row => Change(row.RuntimeVersion, RuntimeKind.Deployment, DeploymentRows.RuntimeId(row.Id, row.Environment)) with
        {
            Deployment = receiver.Compile(row.ToSource()),
        });

    private static IAsyncEnumerable<RuntimeChange> Applications(Transaction db, object since, FeedReceiver _) => Read<ApplicationStateRow>(
        db,
        """
        SELECT id, organization, name, owner, policy, status, throttle_resets, runtime_version FROM applications
        WHERE runtime_version > @since
        """,
        since,
        row => Change(row.RuntimeVersion, RuntimeKind.Application, row.Id) with { Application = row.ToApplication() });

    private static IAsyncEnumerable<RuntimeChange> Credentials(Transaction db, object since, FeedReceiver _) => Read<CredentialStateRow>(
        db, "SELECT consumer_key, application_id, key_type, not_before, runtime_version FROM credentials WHERE runtime_version > @since", since,
        row => Change(row.RuntimeVersion, RuntimeKind.Credential, row.ConsumerKey) with
        {
            Credential = new RuntimeCredential(row.ConsumerKey, row.ApplicationId, EnumText<KeyType>.Parse(row.KeyType), row.NotBefore),
        });

    private static IAsyncEnumerable<RuntimeChange> Subscriptions(Transaction db, object since, FeedReceiver _) => Read<SubscriptionStateRow>(
        db, "SELECT id, api_id, application_id, plan, state, runtime_version FROM subscriptions WHERE runtime_version > @since", since,
        row => Change(row.RuntimeVersion, RuntimeKind.Subscription, row.Id) with
        {
            Subscription = new RuntimeSubscription(
                row.Id, row.ApiId, row.ApplicationId, row.Plan, EnumText<SubscriptionState>.Parse(row.State)),
        });

    private static IAsyncEnumerable<RuntimeChange> Revocations(Transaction db, object since, FeedReceiver _) => Read<RevocationRow>(
        db,
        """
        SELECT id, kind, subject, not_before, expires_at, runtime_version FROM revocations
        WHERE runtime_version > @since AND expires_at >= @now
        """,
        since,
        row => Change(row.RuntimeVersion, RuntimeKind.Revocation, row.Id) with
        {
            Revocation = new Revocation(EnumText<RevocationKind>.Parse(row.Kind), row.Subject, row.NotBefore, row.ExpiresAt),
        });

    // Self-contained keys need no row at the gateway; their revocations are among the others.
    private static IAsyncEnumerable<RuntimeChange> ApiKeys(Transaction db, object since, FeedReceiver _) => Read<ApiKeyStateRow>(
        db,
        """
        SELECT id, key_hash, application_id, api_id, key_type, validity, created_at, permitted_ip, permitted_referer, runtime_version
        FROM api_keys WHERE runtime_version > @since AND token_id IS NULL
        """,
        since,
        row => Change(row.RuntimeVersion, RuntimeKind.ApiKey, row.Id) with { ApiKey = row.ToApiKey() });

    private static IAsyncEnumerable<RuntimeChange> DenyPolicies(Transaction db, object since, FeedReceiver _) => Read<DenyPolicyRow>(
        db, $"SELECT {DenyPolicyRow.Columns}, runtime_version FROM deny_policies WHERE runtime_version > @since", since,
        row => Change(row.RuntimeVersion, RuntimeKind.DenyPolicy, row.Id) with
        {
            DenyPolicy = new RuntimeDenyPolicy(row.Organization, EnumText<DenyKind>.Parse(row.Kind), row.Subject, row.Inverted != 0, row.Enabled != 0),
        });

    private static IAsyncEnumerable<RuntimeChange> Organizations(Transaction db, object since, FeedReceiver _) => Read<OrganizationStateRow>(
        db, "SELECT id, active, runtime_version FROM organization_states WHERE runtime_version > @since", since,
        row => Change(row.RuntimeVersion, RuntimeKind.Organization, row.Id) with { Organization = new RuntimeOrganization(row.Active != 0) });

    private static RuntimeChange Change(long version, RuntimeKind kind, string id) => new() { Version = version, Kind = kind, Id = id };

    private static async IAsyncEnumerable<RuntimeChange> Read<TRow>(
        Transaction db, string sql, object arguments, Func<TRow, RuntimeChange> change)
    {
        await foreach (var row in db.StreamAsync<TRow>(sql, arguments))
        {
            yield return change(row);
        }
    }

    private sealed record NewestRow
    {
        public long Place { get; init; }

        public long? Newest { get; init; }
    }
}
