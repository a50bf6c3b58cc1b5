using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.SignIn.Access;
using Tollgate.SignIn.Audit;
using Tollgate.Web.Rest;

namespace Tollgate.Server.Sample;

/// <summary>SAMPLE: the backend of samples/petstore, so that the quickstart has something to call. Served on request only.</summary>
internal static class PetstoreBackend
{
    public const string Path = "/samples/petstore";

    private const string Reason = "Sample backend of the quickstart; the gateway calls it over loopback.";

    private static readonly IReadOnlyList<Pet> Pets =
    [
        new(1, "Rex", "available"),
        new(2, "Minka", "available"),
        new(3, "Tapir", "sold"),
    ];

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(Path);
        group.MapGet("/pets", ListAsync).Open(Reason);
        group.MapGet("/pets/{petId}", GetAsync).Open(Reason);
        group.MapPost("/pets", http =>
        {
            http.Response.StatusCode = StatusCodes.Status201Created;
            return Task.CompletedTask;
        }).Open(Reason).Unaudited(Reason);
        group.MapDelete("/pets/{petId}", http =>
        {
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }).Open(Reason).Unaudited(Reason);
    }

    private static Task ListAsync(HttpContext http)
    {
        var status = http.Query("status");
        IReadOnlyList<Pet> found = [.. Pets.Where(pet => status is null || pet.Status == status)];
        return JsonAnswer.WriteAsync(http, found);
    }

    private static Task GetAsync(HttpContext http)
    {
        if (Pets.FirstOrDefault(pet => $"{pet.Id}" == http.Path("petId")) is { } pet)
        {
            return JsonAnswer.WriteAsync(http, pet);
        }

        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private sealed record Pet(int Id, string Name, string Status);
}
