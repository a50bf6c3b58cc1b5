using System.Reflection;
using System.Text.Json.Serialization;

namespace Tollgate.Server.Configuration;

/// <summary>The words a configuration uses for the members of an enum: the JSON name where there is one.</summary>
internal static class EnumNames
{
    public static string Of(Enum member) => Name(member.GetType().GetField(member.ToString())!);

    public static IEnumerable<string> All(Type type) => Members(type).Select(Name);

    /// <summary>The member of that name, in any case; the name in the code counts too. Null when there is none.</summary>
    public static object? Find(Type type, string name) => Members(type)
        .FirstOrDefault(member => Same(Name(member), name) || Same(member.Name, name))?.GetValue(null);

    private static bool Same(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);

    private static FieldInfo[] Members(Type type) => type.GetFields(BindingFlags.Public | BindingFlags.Static);

    private static string Name(FieldInfo member) =>
        member.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? member.Name;
}
