using Tollgate.Databases;
using Tollgate.Storage;
using Tollgate.Storage.Dialects;

namespace Tollgate.Unit.Storage;

/// <summary>ssl_mode against real servers, whose certificate is for localhost and not for 127.0.0.1.</summary>
public sealed class ProtectionTests(PlainServers plain) : IClassFixture<PlainServers>
{
    private const string RightName = "localhost";
    private const string WrongName = "127.0.0.1";

    [Theory, MemberData(nameof(Products.Servers), MemberType = typeof(Products))]
    public async Task Connect_WithTheAuthorityOfTheServer_IsEncrypted(string product)
    {
        Assert.True(await IsEncryptedAsync(product, RightName, Protection.VerifyHost, "authority.crt"));
        Assert.True(await IsEncryptedAsync(product, WrongName, Protection.VerifyAuthority, "authority.crt"));
        Assert.True(await IsEncryptedAsync(product, WrongName, Protection.Required, ""));
        Assert.True(await IsEncryptedAsync(product, WrongName, Protection.Preferred, ""));
        Assert.False(await IsEncryptedAsync(product, WrongName, Protection.None, ""));
    }

    [Theory, MemberData(nameof(Products.Servers), MemberType = typeof(Products))]
    public async Task Connect_ToAHostThatTheCertificateIsNotFor_IsRefusedUnderVerifyFull(string product) =>
        await RefusesAsync(Products.ServerOf(product), WrongName, Protection.VerifyHost, "authority.crt");

    [Theory, MemberData(nameof(Products.Servers), MemberType = typeof(Products))]
    public async Task Connect_WithAnotherAuthority_IsRefused(string product)
    {
        foreach (var protection in (Protection[])[Protection.VerifyAuthority, Protection.VerifyHost])
        {
            await RefusesAsync(Products.ServerOf(product), RightName, protection, "other.crt");
            // The operating system does not trust it either.
            await RefusesAsync(Products.ServerOf(product), RightName, protection, "");
        }
    }

    [Theory, MemberData(nameof(Products.Servers), MemberType = typeof(Products))]
    public async Task Connect_ToAServerWithoutTls_IsRefusedUnlessItIsOnlyPreferred(string product)
    {
        Products.ServerOf(product);
        var server = plain.Of(product);
        await RefusesAsync(server, RightName, Protection.Required, "");
        await RefusesAsync(server, RightName, Protection.VerifyAuthority, "authority.crt");
        await RefusesAsync(server, RightName, Protection.VerifyHost, "authority.crt");

        using var database = Open(server, RightName, Protection.Preferred, "");

        Assert.Null(await database.WhyUnreachableAsync());
    }

    private static async Task RefusesAsync(DatabaseServer server, string host, Protection protection, string authority)
    {
        using var database = Open(server, host, protection, authority);
        var why = await database.WhyUnreachableAsync();
        Assert.True(why is { Reason: UnreachableReason.NoTls }, $"{protection} with '{authority}': {why}");
    }

    private static async Task<bool> IsEncryptedAsync(string product, string host, Protection protection, string authority)
    {
        using var database = Open(Products.ServerOf(product), host, protection, authority);
        return await database.ReadAsync(db => db.FirstAsync<string>(product == DatabaseServer.PostgreSql
            ? "SELECT cipher FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
            : "SELECT variable_value FROM information_schema.session_status WHERE variable_name = 'ssl_cipher'")) is { Length: > 0 };
    }

    private static Database Open(DatabaseServer server, string host, Protection protection, string authority)
    {
        var file = authority.Length == 0 ? "" : DatabaseServer.FileOf(authority);
        Assert.SkipWhen(file is null, "These servers were started by others: their authority is unknown.");
        var address = Products.AddressOf(server, server.Product == DatabaseServer.PostgreSql ? "postgres" : "mysql");
        return new Database(Products.DialectOf(server.Product, address with { Host = host, Protection = protection, AuthorityFile = file! }));
    }
}
