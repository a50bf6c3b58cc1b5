namespace Tollgate.Model.Runtime;

/// <summary>Names of counters, spelled once: gateways count under them, the developer portal reads their sums.</summary>
public static class ThrottleKeys
{
    public static string Api(string servedContext, string version) => $"{servedContext}:{version}";

    public static string Subscription(string applicationId, string apiKey, string plan) => $"{applicationId}:{apiKey}:{plan}";

    /// <summary>An application counts per user. A reset gives the count a new name, which every gateway begins at zero.</summary>
    public static string Application(string applicationId, string subject, IReadOnlyDictionary<string, long>? resets) =>
        resets is not null && resets.TryGetValue(subject, out var reset) ? $"{applicationId}:{subject}:{reset}" : $"{applicationId}:{subject}";

    /// <summary>What an advanced policy counts of an API or operation: the calls of one of its groups, numbered from 1.</summary>
    public static string Group(string key, int number) => $"{key}_condition_{number}";

    /// <summary>The calls that none of its groups is for.</summary>
    public static string Default(string key) => key + "_default";

    public static string Backend(string apiKey, KeyType keyType) => $"{apiKey}:{EnumText<KeyType>.Of(keyType)}";

    public static string Burst(string key) => key + ":burst";
}
