using Tollgate.DevPortal.Discover;
using Tollgate.Model;
using Tollgate.Web.Pages;

namespace Tollgate.DevPortal.Subscribe;

/// <summary>An application that may subscribe.</summary>
public sealed record ApplicationChoice(string Id, string Name);

/// <summary>The one screen on which a developer subscribes and gets keys: what he may choose, what he chose, and what is wrong with it.</summary>
public sealed record SubscribeModel(Api Api, IReadOnlyList<PlanChoice> Plans, IReadOnlyList<ApplicationChoice> Applications)
{
    /// <summary>Id of an application; empty for a new one.</summary>
    public string Application { get; init; } = "";

    public string NewName { get; init; } = "";

    public string Plan { get; init; } = "";

    public FormProblem? Problem { get; init; }
}

/// <summary>What a new subscription needs for its first call; secrets are shown this once.</summary>
public sealed record SubscribedModel(Api Api, Application Application, string Plan)
{
    /// <summary>Null while the subscription or the keys wait for approval.</summary>
    public string? ConsumerKey { get; init; }

    public string? ConsumerSecret { get; init; }

    public string? Token { get; init; }

    public string? Command { get; init; }

    /// <summary>What has to happen before the first call; null when nothing has.</summary>
    public string? Waiting { get; init; }
}
