using Tollgate.Model;

namespace Tollgate.DevPortal.Discover;

/// <summary>A plan of an API in words.</summary>
public sealed record PlanChoice(string Name, string Limit, string? Description);

/// <summary>An address under which an API is called.</summary>
public sealed record CallAddress(string Environment, string Url);

/// <summary>A document of an API.</summary>
public sealed record DocumentLine(string Name, string Type, string? Summary, string Address);

/// <summary>An API as a developer reads about it.</summary>
public sealed record ApiModel(Api Api, string? Rating)
{
    public IReadOnlyList<CallAddress> Addresses { get; init; } = [];

    public IReadOnlyList<PlanChoice> Plans { get; init; } = [];

    public IReadOnlyList<OperationLine> Operations { get; init; } = [];

    public IReadOnlyList<DocumentLine> Documents { get; init; } = [];
}

/// <summary>An operation in the reference.</summary>
/// <param name="Verb">HTTP method, or what is done with a topic.</param>
/// <param name="Path">URI template below the API's address.</param>
/// <param name="Summary">What the definition says of it.</param>
/// <param name="Access">Who may call it.</param>
/// <param name="Scopes">A token needs one of them.</param>
public sealed record OperationLine(string Verb, string Path, string? Summary, string Access, IReadOnlyList<string> Scopes);
