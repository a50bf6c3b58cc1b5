using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.Features;
using Tollgate.Model;
using Tollgate.SignIn.Access;
using Tollgate.SignIn.FirstStart;
using Tollgate.Storage.Users;
using Tollgate.Web.Pages;
using Tollgate.Web.Parts;

namespace Tollgate.SignIn.Sessions;

/// <summary>Who may see a page: finds the caller by the portal's cookie, and takes forms only from the session that they were shown in.</summary>
public sealed class PageAccess(SessionCookies cookies, UserStore users, RoleStore roles, OrganizationStore organizations, SignInOptions options)
{
    // A definition of 13 MB may be pasted; the body as a whole is limited by the server.
    private static readonly FormOptions Limits = new() { ValueLengthLimit = 32 * 1024 * 1024, ValueCountLimit = 512 };

    /// <summary>True when the page may answer; false when the answer is made: the browser is sent to sign in first.</summary>
    public async Task<bool> AdmitAsync(HttpContext http, AccessRule rule)
    {
        var portal = Portal.Of(http.Request.Path.Value!) ?? throw new InvalidOperationException("A page stands outside of every portal.");
        var session = cookies.Read(http, portal);
        var caller = session?.UserId is null ? null : await CallerAsync(session);
        session = session?.UserId is not null && caller is null ? null : session;
        http.Features.Set(new PageVisit(cookies, portal, session));
        http.Features.Set(caller);
        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
        {
            await RequireOwnFormAsync(http, session);
        }

        if (session is not null)
        {
            cookies.Renew(http, portal, session);
        }

        if (rule is not AccessRule.PersonOnPage person)
        {
            return true;
        }

        if (caller is null)
        {
            PageAnswer.SeeOther(http, SignInAddress(http, portal));
            return false;
        }

        return person.AnyOf.Any(caller.Has)
            ? true
            : throw Refusal.Forbidden($"'{caller.UserName}' lacks the permission for this page; any one of these scopes is needed: "
                + string.Join(", ", person.AnyOf) + ".");
    }

    private static string SignInAddress(HttpContext http, Portal portal) => portal.Link("/sign-in")
        + (HttpMethods.IsGet(http.Request.Method) ? "?to=" + Uri.EscapeDataString(http.Request.GetEncodedPathAndQuery()) : "");

    private async Task RequireOwnFormAsync(HttpContext http, PortalSession? session)
    {
        // Browsers say where a form comes from; old ones do not, and for those the token decides alone.
        var foreign = http.Request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin");
        var given = http.Request.HasFormContentType ? (await ReadAsync(http))[FormToken.Field].ToString() : null;
        if (foreign || session is null || !cookies.IsFormToken(session, given))
        {
            throw Refusal.Forbidden("The form was not sent, because the page it stands on is too old or belongs to another session. "
                + "Go back, reload the page and send it again.");
        }
    }

    private static async Task<IFormCollection> ReadAsync(HttpContext http)
    {
        try
        {
            return await http.Request.ReadFormAsync(Limits, http.RequestAborted);
        }
        catch (InvalidDataException)
        {
            throw new Refusal(413, 413, "Content Too Large", "The form is malformed, or a text in it is longer than this portal takes.");
        }
    }

    private async Task<Caller?> CallerAsync(PortalSession session)
    {
        var user = await users.FindAsync(session.Organization, session.UserId!);
        if (user is null || user.Locked || user.PasswordChangedAt / 1000 > session.SignedInAt || !await organizations.IsActiveAsync(user.Organization))
        {
            return null;
        }

        var held = await roles.WithAliasesAsync(user.Organization, user.Roles);
        var scopes = await roles.ScopesAsync(user.Organization, held.Append(DefaultRoles.Everyone));
        return new Caller(user.Organization, user.Name, held, scopes.ToFrozenSet()) { Groups = UserGroups.Of(user, options) };
    }
}
