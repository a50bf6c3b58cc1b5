namespace Tollgate.Gateway;

/// <summary>Why a call was not forwarded, or what went wrong after it was: HTTP status and the body's code, message and description.</summary>
internal sealed record Fault(int Status, string Code, string Message, string Description)
{
    /// <summary>Runtime faults name their kind in the body; authentication and throttling faults do not.</summary>
    public string? Type { get; init; }

    /// <summary>What callers are told of the limit that refuses with this; null for what is no limit of theirs.</summary>
    public string? LimitName { get; init; }

    /// <summary>Where the request ends is in doubt, so nothing more is read from its connection (RFC 9112 section 6.3).</summary>
    public bool Closes { get; init; }
}

/// <summary>The faults of a gateway with the field's codes, written once.</summary>
internal static class Faults
{
    /// <summary>The code of <see cref="Missing"/>.</summary>
    public const string MissingCode = "900902";

    private const string StatusReport = "Status report";

    public static readonly Fault BadRequest = Closing(400, "400", "Bad Request", "The request line or a header is malformed.");

    public static readonly Fault BadFraming = BadRequest with
    {
        Description = "The length of the body must be stated once: by Content-Length, or in HTTP/1.1 by Transfer-Encoding: chunked.",
    };

    public static readonly Fault BadPath = Report(
        400, "400", "Bad Request",
        "The path is refused: it has an encoded slash, backslash, percent sign or control byte, an empty or dot segment, a ';' in any form, a character "
        + "that must be encoded or a broken percent encoding.");

    public static readonly Fault NotFound = Report(404, "404", "Not Found", "The requested resource is not available: no API is deployed under this path.");

    public static readonly Fault NoResource = Report(404, "404", "No matching resource found for given API Request", "No operation of the API has this path.");

    public static readonly Fault MethodNotAllowed =
        Report(405, "405", "Method not allowed for given API resource", "The API has operations with this path, but none with this method.");

    public static readonly Fault NoHandshake = Report(
        426, "426", "Upgrade Required", "A WebSocket API is called by a WebSocket handshake: GET, Upgrade: websocket, Sec-WebSocket-Version: 13.");

    public static readonly Fault BadHandshake = Report(400, "400", "Bad Request", "Sec-WebSocket-Key must be there once and hold 16 bytes in Base64.");

    public static readonly Fault NotReady = Report(503, "503", "Service Unavailable", "The gateway has not received any APIs yet. Try again in a moment.");

    public static readonly Fault UnsupportedTransport = Report(403, "403", "Unsupported Transport", "The API may not be called over this transport.");

    public static readonly Fault ApiBlocked = new(
        503, "700700", "API blocked", "This API has been blocked temporarily. Please try again later or contact the system administrators.");

    public static readonly Fault InvalidCredentials = new(
        401, "900901", "Invalid Credentials", "Access failure: the token is not valid. Make sure you sent it whole.");

    public static readonly Fault InvalidApiKey = new(
        401, "900901", "Invalid Credentials", "Access failure: the API key is not valid. Make sure you sent it whole, and once.");

    public static readonly Fault ApiKeyExpired = new(401, "900903", "API Key Expired", "Generate a new API key and try again.");

    public static readonly Fault KeyNotLent = new(
        403, "900908", "Resource forbidden", "The API key is associated with no application. Associate it in the developer portal.");

    public static readonly Fault CallerNotPermitted = new(
        403, "900908", "Resource forbidden", "Access forbidden for the invocations: the API key may not be used from this address or page.");

    public static readonly Fault TokenExpired = new(401, "900903", "Access Token Expired", "Renew the access token and try again.");

    public static readonly Fault KeyManagerAway = new(
        503, "900900", "Unclassified Authentication Failure", "The key manager, which alone knows this token, cannot be asked. Try again in a moment.");

    public static readonly Fault NoKeyManager = Report(503, "503", "Service Unavailable", "No key manager can be reached. Try again in a moment.");

    public static readonly Fault WrongTokenType = new(
        401, "900905", "Incorrect Access Token Type is provided",
        "The operation wants a token of another kind: one of a user, or one of the application itself.");

    public static readonly Fault SubscriptionBlocked = new(
        401, "900907", "The requested API is temporarily blocked", "The subscription is blocked by the API's publisher.");

    public static readonly Fault NotSubscribed = new(
        403, "900908", "Resource forbidden", "The application is not subscribed to this API. Subscribe in the developer portal.");

    public static readonly Fault SubscriptionInactive = new(
        401, "900909", "The subscription to the API is inactive", "The subscription waits for approval or was rejected.");

    public static readonly Fault ScopeMissing = new(
        403, "900910", "The access token does not allow you to access the requested resource", "The token has none of the scopes of this operation.");

    public static readonly Fault WrongAudience = new(403, "900914", "Resource forbidden", "The token is meant for another audience.");

    public static readonly Fault NoProductionEndpoint =
        new(403, "900901", "Invalid Credentials", "Production key offered to the API with no production endpoint.");

    public static readonly Fault NoSandboxEndpoint = new(403, "900901", "Invalid Credentials", "Sandbox key offered to the API with no sandbox endpoint.");

    public static readonly Fault Denied = new(403, "900805", "Message blocked", "You have been blocked from accessing the resource.");

    public static readonly Fault ApiLimit = Throttled("900800", "api");
    public static readonly Fault OperationLimit = Throttled("900802", "operation");
    public static readonly Fault ApplicationLimit = Throttled("900803", "application");
    public static readonly Fault SubscriptionLimit = Throttled("900804", "subscription");
    public static readonly Fault CustomLimit = Throttled("900806", "custom");
    public static readonly Fault SubscriptionBurst = Throttled("900807", "subscription-burst");
    public static readonly Fault ApplicationBurst = Throttled("900809", "application-burst");

    public static readonly Fault BackendLimit = new(
        503, "900801", "Message throttled out", "The back end takes no more calls at present, whoever makes them.");

    public static readonly Fault Unclassified = new(
        500, "900900", "Unclassified Authentication Failure", "The gateway failed; the correlation id finds the cause in its log.");

    public static readonly Fault ConnectionFailed = Runtime(502, "101503", "Error connecting to the back end");
    public static readonly Fault ConnectTimeout = Runtime(504, "101508", "Connecting to the back end took too long");
    public static readonly Fault ResponseTimeout = Runtime(504, "101504", "The back end did not answer in time");
    public static readonly Fault ProtocolViolation = Runtime(502, "101506", "The back end's answer is not valid HTTP, or broke off");
    public static readonly Fault IncompletePayload = Closing(400, "102511", "Bad Request", "The request body broke off or was malformed.");
    public static readonly Fault TooLarge = Closing(413, "413", "Payload Too Large", "The request body is larger than this gateway accepts.");

    /// <summary>No credential that the API takes; the headers are those of the API, null for a kind that it does not take.</summary>
    public static Fault Missing(string? tokenHeader, string? keyHeader)
    {
        var token = tokenHeader is null ? null : $"'{tokenHeader} : Bearer ACCESS_TOKEN'";
        var key = keyHeader is null ? null : $"'{keyHeader} : API_KEY'";
        var headers = token is null || key is null ? token ?? key ?? "of its security scheme" : $"{token} or {key}";
        return new Fault(401, MissingCode, "Missing Credentials", $"Make sure your API invocation call has a header: {headers}.");
    }

    private static Fault Report(int status, string code, string message, string description) =>
        new(status, code, message, description) { Type = StatusReport };

    private static Fault Closing(int status, string code, string message, string description) =>
        Report(status, code, message, description) with { Closes = true };

    private static Fault Runtime(int status, string code, string description) => Report(status, code, "Runtime Error", description);

    private static Fault Throttled(string code, string limit) =>
        new(429, code, "Message throttled out", "You have exceeded your quota.") { LimitName = limit };
}
