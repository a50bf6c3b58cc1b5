using Tollgate.Model;
using Tollgate.Web.Pages;

namespace Tollgate.DevPortal.Register;

/// <summary>An application in the list.</summary>
public sealed record ApplicationLine(Application Application, int Subscriptions);

/// <summary>The applications that a developer may use.</summary>
public sealed record ApplicationsModel(IReadOnlyList<ApplicationLine> Lines, PageOfList List);

/// <summary>A policy to choose, in words.</summary>
public sealed record PolicyChoice(string Name, string Limit);

/// <summary>The form of an application: what was typed, and what is wrong with it.</summary>
public sealed record ApplicationForm(IReadOnlyList<PolicyChoice> Policies)
{
    public string Name { get; init; } = "";

    public string Description { get; init; } = "";

    public string Policy { get; init; } = "";

    public string TokenType { get; init; } = "JWT";

    /// <summary>Version that the form was filled from; empty for a new application.</summary>
    public string RowVersion { get; init; } = "";

    public FormProblem? Problem { get; init; }
}

/// <summary>Keys on an application's page.</summary>
public sealed record KeyLine(string Type, string? ConsumerKey, string State, bool IsMapped);

/// <summary>A subscription on an application's page.</summary>
public sealed record SubscriptionLine(string Id, string ApiId, string Api, string Version, string Plan, SubscriptionState State);

/// <summary>An application, its keys and subscriptions.</summary>
public sealed record ApplicationModel(Application Application, IReadOnlyList<KeyLine> Keys, IReadOnlyList<SubscriptionLine> Subscriptions)
{
    /// <summary>Whether the viewer may change it; members of its groups only use it.</summary>
    public bool MayChange { get; init; }

    /// <summary>A key and secret that were made just now; the only time they are shown.</summary>
    public string? NewKey { get; init; }

    public string? NewSecret { get; init; }

    /// <summary>Where it asks for tokens.</summary>
    public string TokenAddress { get; init; } = "";
}
