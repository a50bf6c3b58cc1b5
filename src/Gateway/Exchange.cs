using System.Diagnostics;
using Tollgate.Gateway.Authenticate;
using Tollgate.Gateway.Authorize;
using Tollgate.Gateway.Follow;
using Tollgate.Gateway.Match;
using Tollgate.Gateway.Throttle;
using Tollgate.Model;
using Tollgate.Model.Rules;

namespace Tollgate.Gateway;

/// <summary>What the stages found out about one request. Reused by the requests of a connection, one after the other.</summary>
internal sealed class Exchange
{
    /// <summary>The snapshot this request is judged by, read once.</summary>
    public Snapshot Snapshot { get; private set; } = Snapshot.Empty;

    /// <summary>Index of the stage that runs next.</summary>
    public int Stage { get; set; }

    /// <summary>Correlation id: a prefix of this process and a running number.</summary>
    public string Id { get; private set; } = "";

    /// <summary>Unix time in milliseconds.</summary>
    public long Now { get; private set; }

    /// <summary>A <see cref="System.Diagnostics.Stopwatch"/> timestamp, for latencies.</summary>
    public long StartedAt { get; private set; }

    public ServedApi? Api { get; set; }

    public ServedOperation? Operation { get; set; }

    /// <summary>How many bytes of the path are the API's context; the rest goes to the backend.</summary>
    public int ContextLength { get; set; }

    public TokenInfo? Token { get; set; }

    /// <summary>Unix seconds at which the credential ends; <see cref="long.MaxValue"/> where there is none.</summary>
    public long ExpiresAt => Token?.ExpiresAt ?? long.MaxValue;

    /// <summary>The call is judged by an API key.</summary>
    public bool ShowsApiKey { get; set; }

    public Standing? Standing { get; set; }

    public Binding? Binding { get; set; }

    /// <summary>From sending the request to the backend until the head of its answer; zero when there was none.</summary>
    public TimeSpan BackendTime { get; set; }

    /// <summary>The trace span of this call, when calls are traced.</summary>
    public Activity? Span { get; set; }

    /// <summary>Base URL of the backend.</summary>
    public string? Endpoint { get; set; }

    /// <summary>Methods for the Allow header of a 405.</summary>
    public string Allow { get; set; } = "";

    /// <summary>Unix milliseconds at which a throttled caller may come again; 0 when it does not apply.</summary>
    public long RetryAt { get; set; }

    /// <summary>The limit that refused the call.</summary>
    public Limit? RefusedBy { get; set; }

    public Reservations Reservations { get; } = new();

    public CorsFinding Cors { get; } = new();

    /// <summary>Counts the body bytes that were sent to the backend so far where the caller did not declare them.</summary>
    public void CountBody(long sent) => Reservations.CountBytes(sent);

    /// <summary>Completes when a suspended stage should run again.</summary>
    public Task? Waiting { get; set; }

    /// <summary>What the key manager said of the opaque token; null before it was asked.</summary>
    public Vouched? Vouched { get; set; }

    /// <summary>A request waits for news from the control plane at most once.</summary>
    public bool HasWaited { get; set; }

    /// <summary>And for permits of an exact limit, too.</summary>
    public bool HasWaitedForPermits { get; set; }

    /// <summary>The call is made with a token or an API key.</summary>
    public bool HasToken => Token is not null;

    /// <summary>A claim of the access token, or null.</summary>
    public string? Claim(string name) => Token?.Claim(name);

    /// <summary>What rules name of the call; empty where there is no such thing.</summary>
    public string Text(CallField field)
    {
        var deployed = Api!.Deployed;
        return field switch
        {
            CallField.UserId => Binding?.User ?? "anonymous",
            CallField.ApiContext => deployed.Context,
            CallField.ApiVersion => deployed.Version,
            CallField.ApiName => deployed.Name,
            CallField.ApiKey => Api.ThrottleKey,
            CallField.ApiTenant => deployed.Organization,
            CallField.ApiTier => deployed.Policy ?? ThrottlingPolicy.Unlimited,
            CallField.ResourceKey => Operation!.ThrottleKey,
            CallField.ResourceTier => Operation!.Policy ?? ThrottlingPolicy.Unlimited,
            _ => Binding is { } binding ? TextOfCaller(field, binding) : "",
        };
    }

    private string TextOfCaller(CallField field, Binding binding)
    {
        var application = binding.Standing.Application!;
        return field switch
        {
            CallField.AppId => application.Id,
            CallField.AppName => application.Name,
            CallField.AppOwner => application.Owner,
            CallField.AppTenant => application.Organization,
            CallField.AppTier => application.Policy,
            CallField.AppKey => binding.ApplicationKey,
            CallField.SubscriptionKey => binding.SubscriptionKey,
            CallField.SubscriptionTier => binding.Plan,
            CallField.KeyType => binding.Standing.KeyType == KeyType.Production ? "PRODUCTION" : "SANDBOX",
            _ => Token!.IsUser ? "Application_User" : "Application",
        };
    }

    public void Begin(Snapshot snapshot, string id, long now, long startedAt)
    {
        Snapshot = snapshot;
        Id = id;
        Now = now;
        StartedAt = startedAt;
        Stage = 0;
        Api = null;
        Operation = null;
        ContextLength = 0;
        Token = null;
        ShowsApiKey = false;
        Standing = null;
        Binding = null;
        BackendTime = TimeSpan.Zero;
        Span = null;
        Endpoint = null;
        Allow = "";
        RetryAt = 0;
        RefusedBy = null;
        Reservations.Clear();
        Cors.Clear();
        Waiting = null;
        Vouched = null;
        HasWaited = false;
        HasWaitedForPermits = false;
    }

    /// <summary>Runs the stage that suspended again, against a newer snapshot. An API found in the old one is looked up anew.</summary>
    public void Resume(Snapshot snapshot)
    {
        Snapshot = snapshot;
        Stage = 0;
        Waiting = null;
        // What was refused while it waited is judged anew.
        RetryAt = 0;
        RefusedBy = null;
    }
}
