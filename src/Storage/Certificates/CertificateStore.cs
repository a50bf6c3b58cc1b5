using Tollgate.Model;
using Tollgate.Storage.Apis;
using Tollgate.Storage.Runtime;

namespace Tollgate.Storage.Certificates;

/// <summary>Which certificates a list shows.</summary>
public sealed record CertificateQuery
{
    public required string Organization { get; init; }

    public string ApiId { get; init; } = "";

    public required CertificatePurpose Purpose { get; init; }

    /// <summary>Part of the alias; null for all.</summary>
    public string? Alias { get; init; }

    /// <summary>Part of the back end's URL; null for all.</summary>
    public string? Target { get; init; }
}

/// <summary>Certificates that publishers trust.</summary>
public sealed class CertificateStore(ApimDatabase database, TimeProvider time)
{
    private const string Columns = "id, organization, api_id, purpose, alias, target, content, row_version";

    public Task<Page<TrustedCertificate>> ListAsync(CertificateQuery query, PageRequest page) => database.ReadAsync(async db =>
    {
        var arguments = new
        {
            query.Organization, query.ApiId, purpose = query.Purpose.ToString(),
            alias = NameKey.Contains(query.Alias ?? ""), target = NameKey.Contains(query.Target ?? ""),
            limit = page.Limit, offset = page.Offset,
        };
        const string Where =
            "organization = @Organization AND api_id = @ApiId AND purpose = @purpose AND alias_key LIKE @alias ESCAPE '!' "
            + "AND target_key LIKE @target ESCAPE '!'";
        var total = await db.FirstAsync<int>($"SELECT COUNT(*) FROM certificates WHERE {Where}", arguments);
        var items = await db.ListAsync<CertificateRow>(
            $"SELECT {Columns} FROM certificates WHERE {Where} ORDER BY alias_key LIMIT @limit OFFSET @offset", arguments);
        return new Page<TrustedCertificate>([.. items.Select(row => row.ToCertificate())], total);
    });

    public async Task<TrustedCertificate?> FindAsync(string organization, string apiId, CertificatePurpose purpose, string alias) =>
        (await database.ReadAsync(db => db.FirstAsync<CertificateRow>(
            $"""
            SELECT {Columns} FROM certificates
            WHERE organization = @organization AND api_id = @apiId AND purpose = @purpose AND alias_key = @key
            """,
            new { organization, apiId, purpose = purpose.ToString(), key = NameKey.Of(alias) })))?.ToCertificate();

    public async Task AddAsync(TrustedCertificate certificate, string user)
    {
        try
        {
            await database.WriteAsync(async db =>
            {
                await NoteAsync(db, certificate, "certificate.added", user);
                return await db.ExecuteAsync(
                    """
                    INSERT INTO certificates
                      (id, organization, api_id, purpose, alias, alias_key, target, target_key, content, row_version)
                    VALUES (@Id, @Organization, @ApiId, @purpose, @Alias, @aliasKey, @Target, @targetKey, @Content, 1)
                    """,
                    Arguments(certificate));
            });
        }
        catch (DuplicateException)
        {
            throw Refusal.Conflict(409, "Alias exists", $"There is a certificate with the alias '{certificate.Alias}' already.");
        }
    }

    /// <summary>Changes the content and what it is for; the alias stays.</summary>
    public Task ReplaceAsync(TrustedCertificate certificate, string user) => database.WriteAsync(async db =>
    {
        await NoteAsync(db, certificate, "certificate.replaced", user);
        var changed = await db.ExecuteAsync(
            """
            UPDATE certificates SET target = @Target, target_key = @targetKey, content = @Content, row_version = row_version + 1
            WHERE id = @Id AND row_version = @RowVersion
            """,
            Arguments(certificate));
        return changed == 1 ? changed : throw Refusal.Stale("certificate");
    });

    public Task DeleteAsync(TrustedCertificate certificate, string user) => database.WriteAsync(async db =>
    {
        await NoteAsync(db, certificate, "certificate.removed", user);
        return await db.ExecuteAsync("DELETE FROM certificates WHERE id = @Id", new { certificate.Id });
    });

    /// <summary>APIs with an endpoint under a URL.</summary>
    public Task<Page<Api>> UsersAsync(string organization, string url, PageRequest page) => database.ReadAsync(async db =>
    {
        // Endpoints stand in the design as JSON; this is a question that an operator asks now and then.
        var arguments = new { organization, pattern = NameKey.Pattern(url), limit = page.Limit, offset = page.Offset };
        const string Where = "organization = @organization AND design LIKE @pattern ESCAPE '!'";
        var total = await db.FirstAsync<int>($"SELECT COUNT(*) FROM apis WHERE {Where}", arguments);
        var rows = await db.ListAsync<ApiRow>(
            $"SELECT {ApiRow.Columns} FROM apis WHERE {Where} ORDER BY name_key, version LIMIT @limit OFFSET @offset", arguments);
        return new Page<Api>([.. rows.Select(row => row.ToApi())], total);
    });

    // In the history of the API, if it is one's.
    private async Task NoteAsync(Transaction db, TrustedCertificate certificate, string action, string user)
    {
        if (certificate.ApiId.Length == 0)
        {
            return;
        }

        await ApiParts.HoldAsync(db, certificate.ApiId);
        await ApiChangeRows.AddAsync(db, certificate.ApiId, action, certificate.Alias, [], user, time.GetUtcNow());
    }

    private static object Arguments(TrustedCertificate certificate) => new
    {
        certificate.Id, certificate.Organization, certificate.ApiId, purpose = certificate.Purpose.ToString(), certificate.Alias,
        aliasKey = NameKey.Of(certificate.Alias), certificate.Target, targetKey = NameKey.Of(certificate.Target), certificate.Content,
        certificate.RowVersion,
    };

    private sealed record CertificateRow
    {
        public string Id { get; init; } = "";

        public string Organization { get; init; } = "";

        public string ApiId { get; init; } = "";

        public string Purpose { get; init; } = "";

        public string Alias { get; init; } = "";

        public string Target { get; init; } = "";

        public string Content { get; init; } = "";

        public long RowVersion { get; init; }

        public TrustedCertificate ToCertificate() => new()
        {
            Id = Id,
            Organization = Organization,
            ApiId = ApiId,
            Purpose = Enum.Parse<CertificatePurpose>(Purpose),
            Alias = Alias,
            Target = Target,
            Content = Content,
            RowVersion = RowVersion,
        };
    }
}
