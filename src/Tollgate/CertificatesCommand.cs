using System.CommandLine;
using System.Security.Cryptography;
using Tollgate.Server.Certificates;

namespace Tollgate;

/// <summary>The commands below <c>tollgate certs</c>.</summary>
internal sealed class CertificatesCommand(Func<Func<Task<int>>, Task<int>> guard)
{
    public Command Create()
    {
        var folder = new Option<string>("--folder") { Description = "Where the authority is, or is made.", DefaultValueFactory = _ => "certificates" };
        var names = new Argument<string[]>("name")
        {
            Description = "Host name of a node, as others call it; further names of the same node behind commas.",
            Arity = ArgumentArity.OneOrMore,
        };
        var create = new Command("create", "Make an authority for try-outs, and a certificate for each node.") { folder, names };
        create.SetAction(async (parsed, _) => await guard(() =>
        {
            Make(parsed.GetValue(folder)!, parsed.GetValue(names)!);
            return Task.FromResult(0);
        }));
        return new Command("certs", "Make certificates for try-outs.") { create };
    }

    private static void Make(string folder, string[] names)
    {
        var authority = TryOutAuthority.Open(folder, TimeProvider.System);
        foreach (var node in names.Select(name => name.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
        {
            Console.WriteLine(
                $"""
                # deployment.toml of {node[0]}
                [keystore.tls]
                file_name = "{authority.Issue(node)}"

                [truststore]
                file_name = "{Path.GetFullPath(Path.Combine(folder, TryOutAuthority.AuthorityFile))}"

                """);
        }

        Console.WriteLine(
            $"""
            # The same on every node, because each has a certificate of its own. Leave it as it is when you add a node later.
            [encryption]
            key = "{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32))}"
            """);
    }
}
