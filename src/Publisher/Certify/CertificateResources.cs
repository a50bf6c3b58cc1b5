using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Http;
using Tollgate.Model;
using Tollgate.Web.Rest;

namespace Tollgate.Publisher.Certify;

/// <summary>What a certificate says of itself.</summary>
internal sealed record CertificateInformation(string Status, CertificateValidity Validity, string Version, string Subject)
{
    public static CertificateInformation Of(TrustedCertificate stored, DateTimeOffset now)
    {
        using var certificate = X509Certificate2.CreateFromPem(stored.Content);
        var (from, to) = (certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime());
        return new CertificateInformation(
            to < now ? "Expired" : from > now ? "Not valid yet" : "Active",
            new CertificateValidity(Text(from), Text(to)),
            $"{certificate.Version}", certificate.Subject);
    }

    private static string Text(DateTime moment) => RestTime.DateTime(new DateTimeOffset(moment).ToUnixTimeMilliseconds());
}

/// <summary>From when to when a certificate is valid.</summary>
internal sealed record CertificateValidity(string From, string To);

/// <summary>A page of certificates, whose list has a name of its own.</summary>
internal sealed record CertificateList<T>(int Count, IReadOnlyList<T> Certificates, Pagination? Pagination)
{
    public static CertificateList<T> Of(HttpContext http, PageRequest page, int total, IReadOnlyList<T> items)
    {
        var list = Lists.Of(http, page, total, items);
        return new CertificateList<T>(list.Count, list.List, list.Pagination);
    }
}

/// <summary>Sends a certificate as a file.</summary>
internal static class CertificateDownload
{
    public static Task WriteAsync(HttpContext http, TrustedCertificate certificate) => FileAnswer.DownloadAsync(
        http, new MediaContent("application/x-x509-ca-cert", Encoding.ASCII.GetBytes(certificate.Content)), certificate.Alias + ".crt");
}
