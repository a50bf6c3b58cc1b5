namespace Tollgate.Model.Runtime;

/// <summary>Names of counters, spelled once: gateways count under them, the developer portal reads their sums.</summary>
public static class ThrottleKeys
{
    public static string Api(string servedContext, string version) => $"{servedContext}:{version}";

    public static string Subscription(string applicationId, string apiKey, string plan) => $"{applicationId}:{apiKey}:{plan}";

    /// <summary>An application counts per user. A reset gives the count a new name, which every gateway begins at zero.</summary>
    public static string Application(string applicationId, string subject, IReadOnlyDictionary<string, long>? resets) =>
        resets is not null && resets.TryGetValue(subject, out var reset) ? $"{applicationId}:{subject}:{reset}" : $"{applicationId}:{subject}";

    public static string Burst(string key) => key + ":burst";
}
