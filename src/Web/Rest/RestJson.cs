using System.Collections;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Tollgate.Web.Rest;

/// <summary>JSON of the REST APIs: camelCase, nulls left out, and on the way in nothing unknown, duplicate or of the wrong type.</summary>
public static class RestJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.Strict,
        PropertyNameCaseInsensitive = false,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        MaxDepth = 64,
        // Apostrophes and letters of all languages as they are: a body is never part of a page (and is sent with nosniff).
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { NullMeansDefault } },
    };

    // Clients of the field send null where they mean "not set"; a null inside a list means nothing and is refused.
    private static void NullMeansDefault(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(property => !property.PropertyType.IsValueType && property.Set is not null))
        {
            var set = property.Set!;
            var skipsNull = !property.IsSetNullable;
            property.IsSetNullable = true;
            property.Set = (target, value) =>
            {
                if (value is IEnumerable list and not (string or IDictionary) && list.Cast<object?>().Any(item => item is null))
                {
                    throw new JsonException("A list contains null.");
                }

                if (value is not null || !skipsNull)
                {
                    set(target, value);
                }
            };
        }
    }
}
