using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;
using Tollgate.Model;
using Tollgate.Web.Rest;

namespace Tollgate.Publisher.Certify;

/// <summary>Reads the forms with which certificates come: one X.509 certificate, PEM or DER, that is valid now.</summary>
internal sealed class CertificateUpload(TimeProvider time)
{
    private const int MaxBytes = 64 * 1024;

    public static Task<MultipartForm> ReadAsync(HttpContext http) => MultipartForm.ReadAsync(http, 2 * MaxBytes);

    /// <summary>The alias of a new certificate.</summary>
    public static string Alias(MultipartForm form) =>
        form.Text("alias") is { Length: <= TrustedCertificate.MaxAlias } alias && alias.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
            ? alias
            : throw Refusal.BadRequest(
                $"'alias' has 1 to {TrustedCertificate.MaxAlias} characters: letters, digits, hyphens, underscores and dots.");

    /// <summary>The uploaded certificate as PEM, or null when the form has none.</summary>
    public async Task<string?> ContentAsync(MultipartForm form)
    {
        if (await form.FileAsync("certificate") is not { } bytes)
        {
            return null;
        }

        if (bytes.Length > MaxBytes)
        {
            throw JsonBody.TooLarge(MaxBytes);
        }

        using var certificate = Parse(bytes);
        if (certificate.NotAfter.ToUniversalTime() < time.GetUtcNow())
        {
            throw Refusal.BadRequest($"Certificate Expired: it was valid until {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}.");
        }

        return certificate.ExportCertificatePem();
    }

    public async Task<string> NeedContentAsync(MultipartForm form) =>
        await ContentAsync(form) ?? throw Refusal.BadRequest("Send the certificate as the file 'certificate'.");

    private static X509Certificate2 Parse(byte[] bytes)
    {
        try
        {
            return X509CertificateLoader.LoadCertificate(bytes);
        }
        catch (CryptographicException)
        {
            throw Refusal.BadRequest("'certificate' is not one X.509 certificate in PEM or DER.");
        }
    }
}
