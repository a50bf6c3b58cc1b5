using Tollgate.Model;
using Tollgate.Web.Pages;

namespace Tollgate.Publisher.Plans;

/// <summary>A plan that an API may offer.</summary>
public sealed record PlanLine(string Name, string Limit, bool Offered);

/// <summary>The plans of an API and its own limit.</summary>
public sealed record OfferForm(Api Api, IReadOnlyList<PlanLine> Plans, IReadOnlyList<(string Value, string Text)> Advanced)
{
    /// <summary>Advanced policy of the whole API; empty where each operation has its own.</summary>
    public string Limit { get; init; } = "";

    public string RowVersion { get; init; } = "";

    public FormProblem? Problem { get; init; }
}
