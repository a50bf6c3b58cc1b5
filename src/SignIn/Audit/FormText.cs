using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Tollgate.Web.Parts;

namespace Tollgate.SignIn.Audit;

/// <summary>A page's form as the audit log keeps it: secrets masked, long texts cut, files by name and size.</summary>
internal static class FormText
{
    private const int Longest = 2_000;

    public static JsonObject Of(IFormCollection form)
    {
        var fields = new JsonObject();
        foreach (var (name, value) in form.Where(field => field.Key != FormToken.Field))
        {
            var text = value.ToString();
            fields[name] = SecretMask.IsSecret(name) ? SecretMask.Mask : text.Length > Longest ? text[..Longest] + "..." : text;
        }

        foreach (var file in form.Files)
        {
            fields[file.Name] = new JsonObject { ["file"] = file.FileName, ["bytes"] = file.Length };
        }

        return fields;
    }
}
