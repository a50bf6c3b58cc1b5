using System.Text.Json.Serialization;

namespace Tollgate.Model;

/// <summary>How proxies tell for whom they ask.</summary>
public enum ForwardedHeader
{
    [JsonStringEnumMemberName("X-Forwarded-For")]
    XForwardedFor,

    /// <summary>RFC 7239.</summary>
    Forwarded,
}
