using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Tollgate.Model.Settings;

namespace Tollgate.Server.Configuration;

/// <summary>A property of an options record that takes its value from a key.</summary>
internal sealed record OptionProperty(PropertyInfo Property, SettingAttribute Setting)
{
    /// <summary>The property's type, without what makes it nullable.</summary>
    public Type Type { get; } = Nullable.GetUnderlyingType(Property.PropertyType) ?? Property.PropertyType;

    /// <summary>The element type of a list; null for anything else.</summary>
    public Type? ItemType => Type.IsGenericType && Type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)
        ? Type.GetGenericArguments()[0]
        : null;

    /// <summary>The limits of a number.</summary>
    public RangeAttribute? Range => Property.GetCustomAttribute<RangeAttribute>();

    /// <summary>True for a record whose own keys continue this one.</summary>
    public bool IsTable => IsRecord(Type);

    /// <summary>True for a list of records, written as [[tables]].</summary>
    public bool IsTableList => ItemType is { } item && IsRecord(item);

    /// <summary>All names of the key: itself, then its aliases.</summary>
    public IEnumerable<string> Names => [Setting.Key, .. Setting.Aliases];

    /// <summary>The properties of an options record that have a key, in the order they are written.</summary>
    public static IEnumerable<OptionProperty> Of(Type options) =>
        from property in options.GetProperties().OrderBy(property => property.MetadataToken)
        let setting = property.GetCustomAttribute<SettingAttribute>()
        where setting is not null
        select new OptionProperty(property, setting);

    private static bool IsRecord(Type type) => type.IsClass && type != typeof(string) && Of(type).Any();
}
