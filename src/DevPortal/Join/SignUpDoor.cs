using Microsoft.AspNetCore.Http;
using Tollgate.Model;
using Tollgate.SignIn.Access;

namespace Tollgate.DevPortal.Join;

/// <summary>The one way in for visitors who make an account: whether they may at all, and how often from one address.</summary>
internal sealed class SignUpDoor(SignUpApprovals accounts, SignUpRules rules, DevPortalOptions options, TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    private readonly AddressCounts _attempts = new(time, Window);

    /// <summary>Every attempt counts, also one for a name that is taken: the answer tells that the account exists.</summary>
    public void Knock(HttpContext http)
    {
        RefuseClosed();
        if (!_attempts.TryAdd(http.Connection.RemoteIpAddress, options.SignUp.PerAddress))
        {
            http.Response.Headers.RetryAfter = "3600";
            throw new Refusal(429, 429, "Too Many Requests", "Too many sign-ups from this address. Try again in an hour.");
        }
    }

    public void RefuseClosed()
    {
        if (!options.SignUp.Enabled)
        {
            throw Refusal.Forbidden("Accounts are made by administrators here ([self_sign_up] enabled).");
        }
    }

    /// <summary>The account, and whether it may be used already.</summary>
    public async Task<(User User, bool Approved)> EnterAsync(SignUpRequest wanted)
    {
        var user = await rules.CreateAsync(wanted);
        return (user, await accounts.CreateAsync(user));
    }
}
