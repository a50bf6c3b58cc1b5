using System.Security.Cryptography.X509Certificates;

namespace Tollgate.Server.Certificates;

/// <summary>A certificate from a key store.</summary>
/// <param name="Alias">Its name there, which Java compares without regard to case; null when it has none.</param>
/// <param name="Certificate">The certificate, with its private key where the store holds that.</param>
internal sealed record StoredCertificate(string? Alias, X509Certificate2 Certificate);
