using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tollgate.Model;
using Tollgate.Security.Secrets;
using Tollgate.Web.Pages;

namespace Tollgate.SignIn.Sessions;

/// <summary>
/// Keeps sessions in cookies that only nodes of this deployment can read or make: sealed with the master key, which all of them have, and
/// bound to their portal. So a session moves between nodes and none of them stores it (ADR 65).
/// </summary>
public sealed class SessionCookies(MasterKey masterKey, TimeProvider time)
{
    private static readonly TimeSpan Idle = TimeSpan.FromHours(1);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(12);
    private static readonly TimeSpan Renewal = TimeSpan.FromMinutes(5);

    private readonly byte[] _formKey = masterKey.Derive("portal-form");

    private long Now => time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>A session that nobody knows yet; signing in begins another one, so that nobody can prepare one for somebody else.</summary>
    internal PortalSession Begin() => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)), Now, Now);

    /// <summary>The session of the request's cookie; null when there is none, it was not made here, or it has ended.</summary>
    internal PortalSession? Read(HttpContext http, Portal portal)
    {
        if (http.Request.Cookies[NameOf(portal)] is not { Length: > 0 and < 2048 } cookie || !Base64Url.IsValid(cookie)
            || masterKey.Open(Base64Url.DecodeFromChars(cookie), ContextOf(portal)) is not { } opened)
        {
            return null;
        }

        var session = JsonSerializer.Deserialize<PortalSession>(opened)!;
        return session.SeenAt + Idle.TotalSeconds > Now && session.SignedInAt + Longest.TotalSeconds > Now ? session : null;
    }

    internal void Write(HttpContext http, Portal portal, PortalSession session) => http.Response.Cookies.Append(
        NameOf(portal), Base64Url.EncodeToString(masterKey.Seal(JsonSerializer.SerializeToUtf8Bytes(session), ContextOf(portal))), Options(portal));

    /// <summary>Lets a session that is used go on.</summary>
    internal void Renew(HttpContext http, Portal portal, PortalSession session)
    {
        if (session.SeenAt + Renewal.TotalSeconds < Now)
        {
            Write(http, portal, session with { SeenAt = Now });
        }
    }

    internal static void Delete(HttpContext http, Portal portal) => http.Response.Cookies.Delete(NameOf(portal), Options(portal));

    /// <summary>What a form of this session carries.</summary>
    internal string FormToken(PortalSession session) => Base64Url.EncodeToString(HMACSHA256.HashData(_formKey, Encoding.UTF8.GetBytes(session.Id)));

    internal bool IsFormToken(PortalSession session, string? given) => given is not null
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(FormToken(session)));

    // Lax and not Strict: somebody who follows a link from a mail is signed in; no form of another site comes with the cookie.
    private static CookieOptions Options(Portal portal) => new() { Path = portal.Path, HttpOnly = true, Secure = true, SameSite = SameSiteMode.Lax };

    private static string NameOf(Portal portal) => PortalCookie.Prefix + portal.Cookie;

    private static string ContextOf(Portal portal) => "portal-session/" + portal.Cookie;
}
