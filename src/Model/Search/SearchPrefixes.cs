using System.Collections.Frozen;

namespace Tollgate.Model.Search;

/// <summary>The prefixes of the search language; any other word before a colon is the name of an additional property.</summary>
public static class SearchPrefixes
{
    public const string Name = "name";
    public const string DisplayName = "display-name";
    public const string Provider = "provider";
    public const string Version = "version";
    public const string Context = "context";
    public const string Status = "status";
    public const string Description = "description";
    public const string Tag = "tag";
    public const string Type = "type";
    public const string Category = "api-category";
    public const string Label = "label";
    public const string Vendor = "vendor";
    public const string Endpoint = "endpointconfig";
    public const string Content = "content";
    public const string Document = "doc";

    private static readonly FrozenDictionary<string, string> Names = new Dictionary<string, string>
    {
        [Name] = Name,
        [DisplayName] = DisplayName,
        [Provider] = Provider,
        [Version] = Version,
        [Context] = Context,
        ["contexttemplate"] = Context,
        [Status] = Status,
        ["lcstate"] = Status,
        [Description] = Description,
        [Tag] = Tag,
        ["tags"] = Tag,
        [Type] = Type,
        [Category] = Category,
        [Label] = Label,
        ["labels"] = Label,
        [Vendor] = Vendor,
        [Endpoint] = Endpoint,
        [Content] = Content,
        [Document] = Document,
    }.ToFrozenDictionary();

    // Words of the field's language that mean nothing here; a property of that name would confuse whoever comes from there.
    private static readonly FrozenSet<string> ReservedBesides = ["subcontext", "thirdparty", "group", "sort"];

    /// <summary>The prefix by its one name, or null when it is the name of a property.</summary>
    public static string? Find(string word) => Names.GetValueOrDefault(word.ToLowerInvariant());

    /// <summary>True for words that cannot be names of additional properties, because a search for them means something else.</summary>
    public static bool IsReserved(string word) => Find(word) is not null || ReservedBesides.Contains(word.ToLowerInvariant());
}
