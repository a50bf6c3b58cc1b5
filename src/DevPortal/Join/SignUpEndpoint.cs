using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.SignIn.Access;
using Tollgate.Web.Rest;

namespace Tollgate.DevPortal.Join;

/// <summary>POST /self-signup: a visitor makes an account for himself. Stands beside the contract, which has the form but no operation for it.</summary>
internal sealed class SignUpEndpoint(SignUpDoor door)
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/self-signup", SignUpAsync)
        .Open("A visitor makes an account; limited per address, and off where [self_sign_up] enabled is false.");

    private async Task SignUpAsync(HttpContext http)
    {
        door.Knock(http);
        var (user, approved) = await door.EnterAsync(await JsonBody.ReadAsync<SignUpRequest>(http, SignUpRules.MostBytes));
        var status = approved ? WorkflowTask.Approved : WorkflowTask.Created;
        await JsonAnswer.WriteAsync(http, new SignUpAnswer(user.Name, status), StatusCodes.Status201Created);
    }

    private sealed record SignUpAnswer(string Username, string Status);
}
