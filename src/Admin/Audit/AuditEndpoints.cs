using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Audit;
using Tollgate.Web.Rest;

namespace Tollgate.Admin.Audit;

/// <summary>An entry of the audit log.</summary>
internal sealed record AuditResource(
    string Node, long Number, string Organization, string UserName, string Time, string Method, string Route, string Target, int Status,
    string CorrelationId, JsonElement Details)
{
    public static AuditResource Of(AuditEntry entry) => new(
        entry.Node, entry.Number, entry.Organization, entry.UserName,
        DateTimeOffset.FromUnixTimeMilliseconds(entry.HappenedAt).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        entry.Method, entry.Route, entry.Target, entry.Status, entry.Correlation, JsonSerializer.Deserialize<JsonElement>(entry.Details));
}

/// <summary>/audit-log: who changed what, and whether the log is whole. The field's contract has no such resource; it is ours.</summary>
internal sealed class AuditEndpoints(AuditStore audit, AuditChains chains)
{
    // The year 9999 in milliseconds.
    private const long MaxNumber = 253_402_300_799_999;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/audit-log", ListAsync).Needs(RestScopes.Admin);
        routes.MapGet("/audit-log/verification", VerifyAsync).Needs(RestScopes.Admin);
    }

    private async Task ListAsync(HttpContext http)
    {
        var caller = http.Caller();
        var page = http.Page();
        var found = await audit.ListAsync(
            new AuditQuery
            {
                Organization = caller.Organization == Organization.Default ? http.Query("organization") : caller.Organization,
                UserName = http.Query("user"),
                Method = http.Query("method")?.ToUpperInvariant(),
                Route = http.Query("route"),
                Status = http.Query("status") is { } status ? (int)Math.Min(Number("status", status), 999) : null,
                From = Time(http, "from"),
                Until = Time(http, "until"),
            },
            page);
        await JsonAnswer.WriteAsync(http, Lists.Of(http, page, found.Total, [.. found.Items.Select(AuditResource.Of)]));
    }

    private async Task VerifyAsync(HttpContext http)
    {
        if (http.Caller().Organization != Organization.Default)
        {
            throw Refusal.Forbidden($"The log is one for all organizations; administrators of '{Organization.Default}' verify it.");
        }

        var verdict = await chains.VerifyAsync(http.RequestAborted);
        await JsonAnswer.WriteAsync(http, new Verification(verdict.Problem is null, verdict.Entries, verdict.Pruned, verdict.Problem));
    }

    private static long? Time(HttpContext http, string name) => http.Query(name) is not { } text ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time.ToUnixTimeMilliseconds()
        : Number(name, text);

    private static long Number(string name, string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= MaxNumber
            ? number
            : throw Refusal.BadRequest($"The query parameter '{name}' is a number, or a time like 2026-01-31T12:00:00Z.");

    private sealed record Verification(bool Whole, long Entries, long Pruned, string? Problem);
}
