namespace Tollgate.Server.Configuration.Toml;

/// <summary>Finds or makes the table that a header or a key refers to, and refuses what would define something twice.</summary>
/// <remarks>TOML 1.0, Keys, Table, Inline Table and Array of Tables.</remarks>
internal static class TomlTableRules
{
    /// <summary>The table of a <c>[header]</c>.</summary>
    public static TomlTable OpenHeader(TomlTable root, List<TomlKey> names)
    {
        var parent = OpenParentOfHeader(root, names);
        var name = names[^1];
        if (!parent.TryGet(name.Name, out var existing))
        {
            return AddTable(parent, name, TomlTableOrigin.Header);
        }

        if (existing is not TomlTable { Origin: TomlTableOrigin.Implied } table)
        {
            throw AlreadyDefined(name, existing);
        }

        table.Define(TomlTableOrigin.Header, name.Position);
        return table;
    }

    /// <summary>The new table that a <c>[[header]]</c> appends to its array.</summary>
    public static TomlTable OpenArrayHeader(TomlTable root, List<TomlKey> names)
    {
        var parent = OpenParentOfHeader(root, names);
        var name = names[^1];
        var table = new TomlTable(TomlTableOrigin.Header, name.Position);
        if (!parent.TryGet(name.Name, out var existing))
        {
            parent.Add(name.Name, TomlArray.OfTables(table, name.Position));
        }
        else if (existing is TomlArray { GrowsByHeaders: true } array)
        {
            array.Add(table);
        }
        else
        {
            throw AlreadyDefined(name, existing);
        }

        return table;
    }

    /// <summary>The table at or below <paramref name="table"/> that gets the key's value; the last name is free there.</summary>
    public static TomlTable OpenForKey(TomlTable table, List<TomlKey> names)
    {
        foreach (var name in names[..^1])
        {
            table = OpenByDottedKey(table, name);
        }

        return table.TryGet(names[^1].Name, out var existing) ? throw AlreadyDefined(names[^1], existing) : table;
    }

    private static TomlTable OpenParentOfHeader(TomlTable root, List<TomlKey> names)
    {
        var table = root;
        foreach (var name in names[..^1])
        {
            table = OpenByHeader(table, name);
        }

        return table;
    }

    /// <summary>A header may pass through any table but an inline one, and through the last table of an array of tables.</summary>
    private static TomlTable OpenByHeader(TomlTable parent, TomlKey name)
    {
        if (!parent.TryGet(name.Name, out var existing))
        {
            return AddTable(parent, name, TomlTableOrigin.Implied);
        }

        return existing switch
        {
            TomlTable { Origin: not TomlTableOrigin.Inline } table => table,
            TomlArray { GrowsByHeaders: true } array => array.LastTable,
            _ => throw CannotExtend(name, existing),
        };
    }

    /// <summary>
    /// Dotted keys define the tables they pass through, so these must be new, only implied so far, or defined by dotted keys before.
    /// The latter are always of the same section: to return to another one, its own header would have to be repeated.
    /// </summary>
    private static TomlTable OpenByDottedKey(TomlTable parent, TomlKey name)
    {
        if (!parent.TryGet(name.Name, out var existing))
        {
            return AddTable(parent, name, TomlTableOrigin.DottedKey);
        }

        if (existing is not TomlTable { Origin: TomlTableOrigin.Implied or TomlTableOrigin.DottedKey } table)
        {
            throw CannotExtend(name, existing);
        }

        if (table.Origin == TomlTableOrigin.Implied)
        {
            table.Define(TomlTableOrigin.DottedKey, name.Position);
        }

        return table;
    }

    private static TomlTable AddTable(TomlTable parent, TomlKey name, TomlTableOrigin origin)
    {
        var table = new TomlTable(origin, name.Position);
        parent.Add(name.Name, table);
        return table;
    }

    private static TomlException AlreadyDefined(TomlKey name, TomlValue existing) =>
        new(name.Position, $"'{name.Name}' is already defined on line {existing.Line}, as {existing.Kind}");

    private static TomlException CannotExtend(TomlKey name, TomlValue existing) =>
        new(name.Position, $"nothing can be added to '{name.Name}', defined on line {existing.Line} as {existing.Kind}");
}
