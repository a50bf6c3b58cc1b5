using System.Net;

namespace Tollgate.Gateway.Record;

/// <summary>What the access log says of a call. References only: making it costs no text.</summary>
/// <param name="Time">Unix time of its head, in milliseconds.</param>
/// <param name="Duration">From its head until the answer was made.</param>
/// <param name="Client">The caller's address.</param>
/// <param name="Method">As sent.</param>
/// <param name="Target">As sent; its query is left out, for it may hold keys.</param>
/// <param name="Protocol">Like HTTP/1.1.</param>
/// <param name="Status">HTTP status of the answer.</param>
/// <param name="Referer">As sent.</param>
/// <param name="UserAgent">As sent.</param>
/// <param name="Id">Correlation id.</param>
/// <param name="ApiId">The API, if one was found.</param>
internal readonly record struct AccessEntry(
    long Time, TimeSpan Duration, IPAddress Client, string Method, string Target, string Protocol, int Status, string Referer, string UserAgent, string Id,
    string? ApiId);
