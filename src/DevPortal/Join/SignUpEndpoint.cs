using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.SignIn.Access;
using Tollgate.Web.Rest;

namespace Tollgate.DevPortal.Join;

/// <summary>POST /self-signup: a visitor makes an account for himself. Stands beside the contract, which has the form but no operation for it.</summary>
internal sealed class SignUpEndpoint(SignUpApprovals accounts, SignUpRules rules, DevPortalOptions options, TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    private readonly AddressCounts _attempts = new(time, Window);

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/self-signup", SignUpAsync)
        .Open("A visitor makes an account; limited per address, and off where [self_sign_up] enabled is false.");

    private async Task SignUpAsync(HttpContext http)
    {
        if (!options.SignUp.Enabled)
        {
            throw Refusal.Forbidden("Accounts are made by administrators here ([self_sign_up] enabled).");
        }

        // Every attempt counts, also one for a name that is taken: the answer tells that the account exists.
        var address = http.Connection.RemoteIpAddress;
        if (!_attempts.TryAdd(address, options.SignUp.PerAddress))
        {
            http.Response.Headers.RetryAfter = "3600";
            throw new Refusal(429, 429, "Too Many Requests", "Too many sign-ups from this address. Try again in an hour.");
        }

        var user = await rules.CreateAsync(await JsonBody.ReadAsync<SignUpRequest>(http, SignUpRules.MostBytes));
        var status = await accounts.CreateAsync(user) ? WorkflowTask.Approved : WorkflowTask.Created;
        await JsonAnswer.WriteAsync(http, new SignUpAnswer(user.Name, status), StatusCodes.Status201Created);
    }

    private sealed record SignUpAnswer(string Username, string Status);
}
