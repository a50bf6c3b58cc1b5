namespace Tollgate.Contracts;

/// <summary>
/// The facts of one published REST API: which operations it has, and which fields their answers carry. Types are written like this:
/// <c>string</c>, <c>integer</c>, <c>number</c>, <c>boolean</c>; <c>object</c> (any fields), <c>any</c>; <c>[T]</c> an array, <c>{T}</c> a
/// map, <c>#Name</c> a schema, <c>=A|B</c> one of these texts; <c>?</c> at the end: or null.
/// </summary>
/// <param name="Base">The path that all operations begin with.</param>
/// <param name="Operations">By method and path template, as in <c>GET /apis/{apiId}</c>.</param>
/// <param name="Schemas">By name.</param>
public sealed record Contract(
    string Base, IReadOnlyDictionary<string, Operation> Operations, IReadOnlyDictionary<string, Schema> Schemas);

/// <summary>An operation's successful answers: status code and type of the JSON body, empty for none, <c>*</c> for another media type.</summary>
public sealed record Operation(string Method, string Path, IReadOnlyDictionary<int, string> Answers);

/// <summary>A named type: an object with these fields, or another type under a name.</summary>
/// <param name="Alias">The type it stands for; null for an object.</param>
/// <param name="Fields">The object's fields by name.</param>
/// <param name="Others">The type of all fields that have no entry; null when there are none.</param>
public sealed record Schema(string? Alias, IReadOnlyDictionary<string, Field> Fields, string? Others);

/// <summary>A field of an object.</summary>
/// <param name="Type">As above.</param>
/// <param name="Required">Every answer has it.</param>
/// <param name="ReadOnly">The server sets it, whatever a client sends.</param>
public sealed record Field(string Type, bool Required, bool ReadOnly = false);
