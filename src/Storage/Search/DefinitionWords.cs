using System.Text;
using System.Text.Json;

namespace Tollgate.Storage.Search;

/// <summary>The words of a definition that developers may read: not the addresses of servers, not the extensions.</summary>
internal static class DefinitionWords
{
    public static Words Of(string json)
    {
        var words = new Words();
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json), new JsonReaderOptions { MaxDepth = 256 });
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.String)
            {
                words.Add(reader.GetString());
            }
            else if (reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString()!;
                if (IsHidden(name))
                {
                    reader.Skip();
                }
                else if (!IsStructure(name))
                {
                    words.Add(name);
                }
            }
        }

        return words;
    }

    private static bool IsHidden(string name) =>
        name is "servers" or "server" or "host" or "$ref" || name.StartsWith("x-", StringComparison.Ordinal);

    // Stands in every definition, so finding it says nothing.
    private static bool IsStructure(string name) => name is "openapi" or "swagger" or "info" or "paths" or "components" or "schemas" or "parameters"
        or "responses" or "schema" or "properties" or "content" or "description" or "type" or "operationId" or "summary" or "requestBody";
}
