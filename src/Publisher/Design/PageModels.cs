using Tollgate.Model;
using Tollgate.Web.Pages;

namespace Tollgate.Publisher.Design;

/// <summary>The list of APIs.</summary>
public sealed record ApisModel(IReadOnlyList<Api> Apis, string Query, string State, PageOfList List);

/// <summary>The form of a new API: from a definition, or from scratch.</summary>
public sealed record NewApiForm
{
    public string Name { get; init; } = "";

    public string Version { get; init; } = "";

    public string Context { get; init; } = "";

    public string Endpoint { get; init; } = "";

    public string DefinitionUrl { get; init; } = "";

    public string DefinitionText { get; init; } = "";

    public FormProblem? Problem { get; init; }
}

/// <summary>A thing that an API needs before developers can call it.</summary>
/// <param name="Text">What is needed, or what is there.</param>
/// <param name="Done">Whether it is there.</param>
/// <param name="Address">Where it is done.</param>
public sealed record ReadinessItem(string Text, bool Done, string Address);

/// <summary>An API at a glance.</summary>
public sealed record OverviewModel(Api Api, IReadOnlyList<ReadinessItem> Readiness, int Operations, IReadOnlyList<string> Environments);

/// <summary>How an API is described and who sees it.</summary>
public sealed record DesignForm(Api Api, IReadOnlyList<Operation> Operations)
{
    public string DisplayName { get; init; } = "";

    public string Description { get; init; } = "";

    public string Tags { get; init; } = "";

    public string Visibility { get; init; } = "PUBLIC";

    public string Roles { get; init; } = "";

    public string RowVersion { get; init; } = "";

    public FormProblem? Problem { get; init; }
}

/// <summary>The definition of an API in its editor.</summary>
public sealed record DefinitionForm(Api Api, string Text, string RowVersion, FormProblem? Problem);

/// <summary>Where an API's calls go, and whether somebody answers there.</summary>
public sealed record EndpointsForm(Api Api)
{
    public string Production { get; init; } = "";

    public string Sandbox { get; init; } = "";

    public string RowVersion { get; init; } = "";

    /// <summary>What a test of the addresses found; empty when none was asked for.</summary>
    public IReadOnlyList<PageNotice> Findings { get; init; } = [];

    public FormProblem? Problem { get; init; }
}
