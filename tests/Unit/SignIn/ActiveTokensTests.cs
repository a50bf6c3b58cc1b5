using System.Data.Common;
using Tollgate.Security.Secrets;
using Tollgate.SignIn.Access;
using Tollgate.Storage;
using Tollgate.Storage.Applications;
using Tollgate.Storage.Clients;
using Tollgate.Storage.Dialects;
using Tollgate.Storage.Runtime;
using Tollgate.Storage.Tokens;

namespace Tollgate.Unit.SignIn;

/// <summary>Made-up opaque tokens cost the control plane nothing.</summary>
public sealed class ActiveTokensTests
{
    private static readonly MasterKey Key = new(new byte[32]);

    [Fact]
    public async Task Find_MadeUpOpaqueTokens_ReadNothing()
    {
        using var dialect = new CountingDialect();
        var tokens = Make(dialect);
        for (var i = 0; i < 100; i++)
        {
            Assert.Null(await tokens.FindAsync(GeneratedSecret.New() + "AAAAA"));
            Assert.Null(await tokens.FindAsync(new OpaqueSecrets(new byte[32]).New(OpaqueKind.AccessToken)));
            Assert.Null(await tokens.FindAsync(new OpaqueSecrets(Key.Derive(OpaqueSecrets.KeyPurpose)).New(OpaqueKind.ApiKey)));
        }

        Assert.Equal(0, dialect.Opened);
    }

    [Fact]
    public async Task Find_GenuineOpaqueToken_IsLookedUp()
    {
        using var dialect = new CountingDialect();
        var genuine = new OpaqueSecrets(Key.Derive(OpaqueSecrets.KeyPurpose)).New(OpaqueKind.AccessToken);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Make(dialect).FindAsync(genuine));
        Assert.Equal(1, dialect.Opened);
    }

    private static ActiveTokens Make(CountingDialect dialect)
    {
        var database = new ApimDatabase(new Database(dialect), new RuntimeSignal());
        var time = TimeProvider.System;
        return new ActiveTokens(
            new TokenKeys(new SigningKeyStore(database, Key, time), time), new AccessTokenStore(database, time), new CredentialStore(database, time),
            new ClientStore(database), new RevocationStore(database), Key, time);
    }

    private sealed class CountingDialect : Dialect
    {
        public int Opened { get; private set; }

        internal override string Product => "none";

        internal override Task<DbConnection> OpenAsync(CancellationToken cancellation)
        {
            Opened++;
            throw new InvalidOperationException("there is no database");
        }

        internal override Task<DbTransaction> BeginWriteAsync(DbConnection connection, CancellationToken cancellation) =>
            throw new InvalidOperationException();

        internal override Task<DbTransaction> BeginSnapshotAsync(DbConnection connection, CancellationToken cancellation) =>
            throw new InvalidOperationException();

        internal override string Types(string migration) => migration;

        internal override string SearchTable => "";

        internal override (string Condition, string Words) MatchWords(IReadOnlyCollection<string> words) => throw new InvalidOperationException();

        internal override Trouble TroubleOf(Exception error) => Trouble.Ours;
    }
}
