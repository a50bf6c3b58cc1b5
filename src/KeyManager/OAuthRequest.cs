using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Tollgate.KeyManager;

/// <summary>The form of an OAuth request: every parameter at most once (RFC 6749 section 3.2).</summary>
internal sealed class OAuthRequest
{
    private const int MaxLength = 64 * 1024;

    private static readonly FormOptions Limits = new()
    {
        BufferBodyLengthLimit = MaxLength,
        ValueLengthLimit = MaxLength,
        ValueCountLimit = 64,
        KeyLengthLimit = 256,
    };

    private readonly IFormCollection _form;

    private OAuthRequest(IFormCollection form) => _form = form;

    public static async Task<OAuthRequest> ReadAsync(HttpContext http)
    {
        if (http.Request.ContentLength > MaxLength)
        {
            throw new OAuthError(413, "invalid_request", $"The form has more than {MaxLength} bytes.");
        }

        if (http.Request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) != true)
        {
            throw OAuthError.InvalidRequest("Send the parameters as application/x-www-form-urlencoded.");
        }

        IFormCollection form;
        try
        {
            form = await new FormFeature(http.Request, Limits).ReadFormAsync(http.RequestAborted);
        }
        catch (InvalidDataException)
        {
            throw OAuthError.InvalidRequest("The form is malformed or too large.");
        }

        foreach (var (name, values) in form)
        {
            if (values.Count > 1)
            {
                throw OAuthError.InvalidRequest($"The parameter '{name}' is given more than once.");
            }
        }

        return new OAuthRequest(form);
    }

    /// <summary>A parameter, or null when it is missing or empty (RFC 6749 section 3.2 treats both alike).</summary>
    public string? Find(string name) => _form.TryGetValue(name, out var value) && value.ToString() is { Length: > 0 } text ? text : null;

    public string Need(string name) => Find(name) ?? throw OAuthError.InvalidRequest($"The parameter '{name}' is missing.");
}
