using System.Text;
using Tollgate.Model;
using Tollgate.Publisher.Design.OpenApi;

namespace Tollgate.Unit.Publisher.Design.OpenApi;

/// <summary>Documents that are broken at random: read, or refused in words for people.</summary>
public sealed class MutationTests
{
    private const int Mutants = 2_000;

    private static readonly string[] Splinters =
    [
        "{", "}", "[", "]", ",", ":", "\"", "'", "\n", "  ", "- ", "*a", "&a ", "!!int ", "<<: ", "|", ">", "#", "%", "---\n", "...\n",
        "\0", "\uFEFF", "\\ud800", "ä", "null", "true", "1e999", "-1", "{}", "[]", "\"\"", "$ref", "#/", "#/paths/~1dogs", "/",
        "x-auth-type", "x-scope", "security", "oauth2", "get", "trace",
    ];

    [Theory]
    [InlineData(Documents.Kennel, 1)]
    [InlineData(Documents.KennelYaml, 2)]
    public void Mutant_OfADocument_IsReadOrRefused(string document, int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < Mutants; i++)
        {
            var mutant = Mutate(document, random);
            try
            {
                Follow(DefinitionReader.Read(mutant, 1024 * 1024));
            }
            catch (Refusal refusal)
            {
                Assert.Equal(400, refusal.Status);
                Assert.DoesNotMatch("System\\.|Microsoft\\.|YamlDotNet|JsonNode|I?OpenApi[A-Z]|Exception|   at ", refusal.Description);
                Assert.True(refusal.Description.Length is > 10 and < 1_000, refusal.Description);
            }
        }
    }

    // What was read can be written and is read again as the same.
    private static void Follow(ImportedDefinition read)
    {
        var again = DefinitionReader.Read(Encoding.UTF8.GetBytes(read.Json), 1024 * 1024);
        Assert.Equal(read.Json, again.Json);
        Assert.Equivalent(read.Operations, again.Operations);

        Operation[] operations = [.. read.Operations.Skip(1), new() { Target = "/new/{id}", Verb = "GET" }];
        DefinitionWriter.Update(read.Json, operations, read.Scopes);
    }

    private static byte[] Mutate(string document, Random random)
    {
        var text = Encoding.UTF8.GetBytes(document).ToList();
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var at = random.Next(text.Count);
            var length = Math.Min(random.Next(1, 30), text.Count - at);
            switch (random.Next(5))
            {
                case 0:
                    text[at] = (byte)random.Next(256);
                    break;
                case 1:
                    text.RemoveRange(at, length);
                    break;
                case 2:
                    text.InsertRange(random.Next(text.Count), text.GetRange(at, length));
                    break;
                case 3:
                    text.RemoveRange(at, Math.Min(random.Next(10), text.Count - at));
                    text.InsertRange(at, Encoding.UTF8.GetBytes(Splinters[random.Next(Splinters.Length)]));
                    break;
                default:
                    text.InsertRange(at, Encoding.UTF8.GetBytes(Splinters[random.Next(Splinters.Length)]));
                    break;
            }
        }

        return [.. text];
    }
}
