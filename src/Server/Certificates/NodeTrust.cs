using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Tollgate.Server.Certificates;

/// <summary>Trust in other nodes. A refusal says what to mend: it ends in the log of the node that asked.</summary>
internal static class NodeTrust
{
    public static RemoteCertificateValidationCallback Of(X509Certificate2Collection trusted)
    {
        var accepts = ServerTrust.Of(trusted);
        return (sender, presented, chain, errors) => accepts(sender, presented, chain, errors)
            ? true
            : throw new AuthenticationException(Why((sender as SslStream)?.TargetHostName ?? "the node", presented, errors));
    }

    internal static string Why(string host, X509Certificate? presented, SslPolicyErrors errors) => presented switch
    {
        null => $"{host} shows no certificate",
        _ when errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) =>
            $"the certificate of {host} is for other names ({presented.Subject}); make one for {host}, or write a name that it has into "
            + "apim.key_manager.service_url",
        _ => $"the certificate of {host} ({presented.Subject}, until {presented.GetExpirationDateString()}) comes from no authority that is trusted, or "
            + "its time is over; its authority belongs into [truststore]",
    };
}
