using Tollgate.DevPortal.Discover;
using Tollgate.DevPortal.Register;

namespace Tollgate.DevPortal.Subscribe;

/// <summary>A subscription as the REST contract shows it.</summary>
internal sealed record SubscriptionResource
{
    public string? SubscriptionId { get; init; }

    public string? ApplicationId { get; init; }

    public string? ApiId { get; init; }

    public CatalogueEntry? ApiInfo { get; init; }

    public ApplicationListing? ApplicationInfo { get; init; }

    public string? ThrottlingPolicy { get; init; }

    public string? RequestedThrottlingPolicy { get; init; }

    public string? Status { get; init; }
}

/// <summary>What a client sends to subscribe or to change the plan; read-only fields are accepted and ignored.</summary>
internal sealed record SubscriptionRequest
{
    public string? SubscriptionId { get; init; }

    public string? ApplicationId { get; init; }

    public string? ApiId { get; init; }

    public string? ThrottlingPolicy { get; init; }

    public string? RequestedThrottlingPolicy { get; init; }

    public string? Status { get; init; }

    public object? ApiInfo { get; init; }

    public object? ApplicationInfo { get; init; }
}
