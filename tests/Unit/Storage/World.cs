using System.Collections.Concurrent;
using Tollgate.Databases;
using Tollgate.Model;
using Tollgate.Storage;
using Tollgate.Storage.Apis;
using Tollgate.Storage.Applications;
using Tollgate.Storage.Dialects;
using Tollgate.Storage.Migrations;
using Tollgate.Storage.Policies;
using Tollgate.Storage.Runtime;
using Tollgate.Storage.Tokens;
using Tollgate.Storage.Users;
using Tollgate.Unit.Storage;

[assembly: AssemblyFixture(typeof(Worlds))]

namespace Tollgate.Unit.Storage;

/// <summary>A migrated database of one product with the stores on it.</summary>
internal sealed class World : IDisposable
{
    private readonly TestDatabase? _onServer;
    private readonly string? _folder;

    private World(string product)
    {
        Product = product;
        if (product == Products.Sqlite)
        {
            _folder = Directory.CreateTempSubdirectory("tollgate-unit-").FullName;
        }
        else
        {
            _onServer = TestDatabase.Create(Products.ServerOf(product), product == Products.Utf8MariaDb ? "CHARACTER SET utf8mb4 COLLATE utf8mb4_bin" : "");
        }

        Database = Connect();
        Signal = new RuntimeSignal();
        Apim = new ApimDatabase(Database, Signal);
        Shared = new SharedDatabase(Database);
        Relay = new OutboxRelay(Shared, Apim, TimeProvider.System);
    }

    public string Product { get; }

    /// <summary>Where it is on its server; empty for the embedded one.</summary>
    public string Name => _onServer?.Name ?? "";

    public Database Database { get; }

    public RuntimeSignal Signal { get; }

    public ApimDatabase Apim { get; }

    public SharedDatabase Shared { get; }

    public OutboxRelay Relay { get; }

    public ApiStore Apis => new(Apim, TimeProvider.System);

    public RevisionStore Revisions => new(Apim, TimeProvider.System);

    public ApplicationStore Applications => new(Apim, TimeProvider.System);

    public SubscriptionStore Subscriptions => new(Apim, TimeProvider.System);

    public CredentialStore Credentials => new(Apim, TimeProvider.System);

    public PolicyStore Policies => new(Apim, TimeProvider.System);

    public AuthorizationStore Authorizations => new(Apim, TimeProvider.System);

    public RevocationStore Revocations => new(Apim);

    public UserStore Users => new(Shared, Relay, TimeProvider.System);

    public RoleStore Roles => new(Shared);

    public RuntimeFeed Feed => new(Apim, TimeProvider.System);

    /// <summary>A database without tables.</summary>
    public static World Empty(string product) => new(product);

    public static async Task<World> CreateAsync(string product)
    {
        var world = new World(product);
        await world.MigrateAsync();
        return world;
    }

    public async Task MigrateAsync()
    {
        var migrator = new Migrator(TimeProvider.System);
        await migrator.MigrateAsync(Shared);
        await migrator.MigrateAsync(Apim);
    }

    /// <summary>The same database for another node.</summary>
    public Database Connect() => new(DialectOf());

    public void Dispose()
    {
        Database.Dispose();
        _onServer?.Dispose();
        if (_folder is not null)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private Dialect DialectOf() => _onServer is null
        ? new SqliteDialect(Path.Combine(_folder!, "test.db"))
        : Products.DialectOf(_onServer.Server.Product, Products.AddressOf(_onServer.Server, _onServer.Name) with { MostConnections = 20 });
}

/// <summary>One world per product for all tests that keep to an organization of their own.</summary>
public sealed class Worlds : IDisposable
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<World>>> Shared = new();

    internal static Task<World> OfAsync(string product)
    {
        // Skips in the test itself, not in the one that happens to make the world.
        Products.Need(product);
        return Shared.GetOrAdd(product, static name => new(() => World.CreateAsync(name))).Value;
    }

    public void Dispose()
    {
        foreach (var world in Shared.Values.Where(world => world is { IsValueCreated: true, Value.IsCompletedSuccessfully: true }))
        {
            world.Value.Result.Dispose();
        }
    }
}

/// <summary>Rows to store.</summary>
internal static class Rows
{
    private static int _names;

    /// <summary>A name that no other test uses.</summary>
    public static string NewName(string stem) => stem + Interlocked.Increment(ref _names);

    public static string NewId() => Guid.CreateVersion7().ToString();

    public static Api Api(string organization, string name, string version = "1.0.0", string? context = null, ApiDesign? design = null) => new()
    {
        Id = NewId(),
        Organization = organization,
        Name = name,
        Version = version,
        Context = context ?? "/" + name.ToLowerInvariant(),
        Provider = "admin",
        State = LifecycleState.Published,
        Design = design ?? new ApiDesign { Policies = ["Gold"] },
        UpdatedBy = "admin",
        RowVersion = 1,
    };

    public static ApiContent Content(string definition = "{}") => new([new Operation { Target = "/pets", Verb = "GET" }], definition);

    public static Application Application(string organization, string name, string owner = "ann") => new()
    {
        Id = NewId(),
        Organization = organization,
        Name = name,
        Owner = owner,
        ThrottlingPolicy = "Unlimited",
        RowVersion = 1,
    };

    public static Subscription Subscription(Api api, Application application) => new()
    {
        Id = NewId(),
        Organization = api.Organization,
        ApiId = api.Id,
        ApplicationId = application.Id,
        Plan = "Gold",
        RowVersion = 1,
    };

    public static User User(string organization, string name, params IReadOnlyList<string> roles) => new()
    {
        Id = NewId(),
        Organization = organization,
        Name = name,
        PasswordHash = "hash",
        Roles = roles,
        RowVersion = 1,
    };
}
