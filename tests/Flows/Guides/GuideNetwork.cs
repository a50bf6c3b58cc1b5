using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows.Guides;

/// <summary>
/// The machine of the five-node guide: host names, database, broker and key stores as its files name them, in a network namespace (eng/guide.sh).
/// </summary>
public sealed class GuideNetwork : IAsyncDisposable
{
    private readonly string _folder;
    private readonly Dictionary<string, string> _environment;
    private readonly X509Certificate2 _certificate;

    private GuideNetwork(string folder)
    {
        _folder = folder;
        _environment = File.ReadLines(Path.Combine(folder, "environment"))
            .Select(line => line["export ".Length..].Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        _certificate = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(folder, "security", "node.crt"));
    }

    /// <summary>Name of the network namespace.</summary>
    public string Space => _environment["GUIDE_SPACE"];

    /// <summary>The address under which the nodes reach what the test serves.</summary>
    public string OutsideAddress => _environment["GUIDE_OUTSIDE"];

    /// <summary>Why the guide cannot be followed on this machine; null when it can.</summary>
    public static string? WhyNot() =>
        !OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess ? "network namespaces are for root on Linux"
        : ((string[])["ip", "mariadbd", "keytool", "curl"]).FirstOrDefault(program => !Programs.IsInstalled(program)) is { } missing
            ? $"{missing} is not installed here"
        : !Tollgate.Databases.Broker.IsInstalled ? "RabbitMQ is not installed here"
        : null;

    public static async Task<GuideNetwork> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("tollgate-guide-").FullName;
        var (code, output, errors) = await Programs.RunAsync(TimeSpan.FromMinutes(2), "bash", Script, "start", folder);
        Assert.True(code == 0, $"eng/guide.sh ended with {code}: {output}{errors}");
        return new GuideNetwork(folder);
    }

    /// <summary>A home folder as unpacking the program leaves it, with one of the guide's files and its key stores.</summary>
    /// <param name="file">Name of the file in Guides/files.</param>
    /// <param name="folder">Name of the home folder.</param>
    /// <param name="oldKeystores">The stores in the format that keytool wrote before it wrote PKCS#12.</param>
    public string Unpack(string file, string folder, bool oldKeystores)
    {
        var home = Path.Combine(_folder, folder);
        var security = Directory.CreateDirectory(Path.Combine(home, "repository", "resources", "security")).FullName;
        var configuration = Directory.CreateDirectory(Path.Combine(home, "repository", "conf")).FullName;
        var scripts = Directory.CreateDirectory(Path.Combine(home, "bin")).FullName;
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Guides", "files", file + ".toml"), Path.Combine(configuration, "deployment.toml"));
        File.Copy(Path.Combine(AppContext.BaseDirectory, "bin", "tollgate.sh"), Path.Combine(scripts, "tollgate.sh"));
        File.CreateSymbolicLink(Path.Combine(home, "tollgate"), TestNode.ProgramPath);
        foreach (var store in (string[])["wso2carbon.jks", "client-truststore.jks"])
        {
            File.Copy(Path.Combine(_folder, "security", oldKeystores ? "jks" : "", store), Path.Combine(security, store));
        }

        return home;
    }

    /// <summary>A client from outside that finds the nodes under their names, and trusts their certificate where it is for the name that was called.</summary>
    public HttpClient CreateClient() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ConnectCallback = ConnectAsync,
        SslOptions = new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = (_, presented, _, errors) =>
                !errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) && presented?.GetCertHashString() == _certificate.GetCertHashString(),
        },
    });

    public async ValueTask DisposeAsync()
    {
        _certificate.Dispose();
        await Programs.RunAsync(TimeSpan.FromMinutes(1), "bash", Script, "stop", _folder);
    }

    private static string Script => Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "eng", "guide.sh");

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Parse(_environment["GUIDE_INSIDE"]), context.DnsEndPoint.Port, cancellation);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
