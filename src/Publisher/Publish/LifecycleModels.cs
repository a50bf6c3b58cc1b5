using Tollgate.Model;
using Tollgate.Storage.Apis;
using Tollgate.Web.Pages;

namespace Tollgate.Publisher.Publish;

/// <summary>A step that is possible now.</summary>
/// <param name="Action">Its name.</param>
/// <param name="To">Where it leads.</param>
/// <param name="Means">What it means for developers and their calls.</param>
/// <param name="Lacks">What the API still needs for it; null when nothing.</param>
public sealed record StepLine(string Action, LifecycleState To, string Means, string? Lacks);

/// <summary>Where an API stands between draft and end.</summary>
public sealed record LifecycleModel(Api Api, IReadOnlyList<StepLine> Steps, IReadOnlyList<LifecycleChange> History, FormProblem? Problem);
