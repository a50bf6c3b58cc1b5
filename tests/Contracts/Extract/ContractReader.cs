using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Tollgate.Contracts.Extract;

/// <summary>Reads the facts out of an OpenAPI 3.0 document; texts and examples stay behind.</summary>
internal sealed class ContractReader
{
    private static readonly string[] Methods = ["get", "put", "post", "delete", "patch", "head"];

    private readonly YamlMappingNode _root;
    private readonly SchemaReader _schemas;

    private ContractReader(YamlMappingNode root)
    {
        _root = root;
        _schemas = new SchemaReader(root.Map("components")?.Map("schemas") ?? []);
    }

    public static Contract Read(TextReader text)
    {
        var stream = new YamlStream();
        stream.Load(text);
        return new ContractReader((YamlMappingNode)stream.Documents[0].RootNode).Read();
    }

    private Contract Read()
    {
        var server = _root.Items("servers")[0].Text("url") ?? throw new FormatException("the document names no server");
        Dictionary<string, Operation> operations = [];
        foreach (var (path, item) in _root.Map("paths")!.Entries())
        {
            foreach (var method in Methods)
            {
                if (item.Map(method)?.Map("responses") is { } responses)
                {
                    operations[$"{method.ToUpperInvariant()} {path}"] = new Operation(method.ToUpperInvariant(), path, Answers(responses));
                }
            }
        }

        // Every API answers errors in one form, whether an operation says so or not.
        _schemas.Need("Error");
        return new Contract(new Uri(server).AbsolutePath, operations, _schemas.Found());
    }

    private Dictionary<int, string> Answers(YamlMappingNode responses) => responses.Entries()
        .Where(pair => pair.Name != "default") // errors
        .Select(pair => (Code: int.Parse(pair.Name, CultureInfo.InvariantCulture), Response: Resolve(pair.Value)))
        .Where(answer => answer.Code < 400)
        .ToDictionary(answer => answer.Code, answer => BodyOf(answer.Response));

    private string BodyOf(YamlNode response)
    {
        if (response.Map("content") is not { } content || content.Children.Count == 0)
        {
            return "";
        }

        return content.Map("application/json")?.Map("schema") is { } schema ? _schemas.TypeOf(schema, "Answer") : "*";
    }

    private YamlNode Resolve(YamlNode response) => response.Text("$ref") is { } reference
        ? _root.Map("components")!.Map("responses")!.Map(reference.Split('/')[^1])!
        : response;
}
