using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Unicode;

namespace Tollgate.Security.Jose;

/// <summary>Walks one JSON object and refuses a name that stands twice in any object of it, however the name is escaped.</summary>
/// <remarks>
/// The rule is RFC 7515 section 4 and RFC 7519 section 4 for the outer object; two readers could take different ones of the values.
/// The platform's reader says malformed text with an exception, which stays in here. Making one costs 4 microseconds where the
/// cheapest verification costs 18, so a flood of malformed tokens is no better an attack than a flood of forged ones.
/// </remarks>
internal ref struct StrictJsonReader
{
    private const int DepthLimit = 16;
    private const int LengthOctets = sizeof(ushort);

    private readonly Span<byte> _names;
    private readonly int _memberLimit;
    private Utf8JsonReader _json;
    private OpenObjects _open;
    private int _depth = -1;
    private int _used;
    private int _name;
    private bool _failed;

    /// <param name="json">The text, of less than 64 KB.</param>
    /// <param name="names">Room for the names of open objects, as long as the text: a name there takes less than its member here.</param>
    /// <param name="memberLimit">Most members of one object: each name is compared with those before it.</param>
    public StrictJsonReader(ReadOnlySpan<byte> json, Span<byte> names, int memberLimit)
    {
        _json = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = DepthLimit });
        _names = names;
        _memberLimit = memberLimit;
        _failed = json.Length > ushort.MaxValue || !Utf8.IsValid(json);
    }

    /// <summary>Whether the whole text was read and is one object.</summary>
    public bool Completed { get; private set; }

    /// <summary>The unescaped name of the member, until its value is read.</summary>
    public readonly ReadOnlySpan<byte> Name => _names[_name.._used];

    public readonly JsonTokenType TokenType => _json.TokenType;

    /// <summary>Enters the outer object.</summary>
    public bool Open()
    {
        if (!Advance() || _json.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        EnterObject();
        return true;
    }

    /// <summary>Moves to the value of the next member of the outer object; the value before must have been read or skipped.</summary>
    /// <returns>False at the end, which <see cref="Completed"/> tells from a fault.</returns>
    public bool NextMember()
    {
        if (!Advance())
        {
            return false;
        }

        if (_json.TokenType == JsonTokenType.EndObject)
        {
            Completed = !Advance() && !_failed;
            return false;
        }

        return _json.TokenType == JsonTokenType.PropertyName && RememberName() && Advance();
    }

    /// <summary>Moves to the next element of the array that is the value; false at its end.</summary>
    public bool NextElement() => Advance() && _json.TokenType != JsonTokenType.EndArray;

    /// <summary>Skips the value, looking into it all the same.</summary>
    public bool SkipValue()
    {
        var outer = _json.CurrentDepth;
        do
        {
            switch (_json.TokenType)
            {
                case JsonTokenType.StartObject:
                    EnterObject();
                    break;
                case JsonTokenType.EndObject:
                    _used = _open[_depth--].Start;
                    break;
                case JsonTokenType.PropertyName when !RememberName():
                    return false;
            }

            if (_json.CurrentDepth == outer && _json.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
            {
                return true;
            }
        }
        while (Advance());
        return false;
    }

    public bool TryGetString([NotNullWhen(true)] out string? value)
    {
        value = null;
        if (_json.TokenType != JsonTokenType.String)
        {
            return false;
        }

        try
        {
            value = _json.GetString();
        }
        catch (InvalidOperationException)
        {
            // An escape that is half a surrogate pair.
            _failed = true;
        }

        return value is not null;
    }

    /// <summary>Copies a string or a name that takes no more room than there is, escapes included.</summary>
    public bool TryCopyString(scoped Span<byte> destination, out int written)
    {
        written = 0;
        if (_json.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName) || _json.ValueSpan.Length > destination.Length)
        {
            return false;
        }

        try
        {
            written = _json.CopyString(destination);
            return true;
        }
        catch (InvalidOperationException)
        {
            _failed = true;
            return false;
        }
    }

    public readonly bool TryGetNumber(out double value)
    {
        value = 0;
        return _json.TokenType == JsonTokenType.Number && _json.TryGetDouble(out value);
    }

    private bool Advance()
    {
        if (_failed)
        {
            return false;
        }

        try
        {
            return _json.Read();
        }
        catch (JsonException)
        {
            _failed = true;
            return false;
        }
    }

    // The reader keeps the depth within its limit, and with it the index.
    private void EnterObject() => _open[++_depth] = new OpenObject { Start = _used };

    /// <summary>Adds a name to those of its object, each with its length in front, unless it is there.</summary>
    private bool RememberName()
    {
        ref var open = ref _open[_depth];
        var end = _used;
        if (open.Members++ == _memberLimit || !TryCopyString(_names[(end + LengthOctets)..], out var length))
        {
            return false;
        }

        ReadOnlySpan<byte> name = _names.Slice(end + LengthOctets, length);
        for (var i = open.Start; i < end;)
        {
            int known = BinaryPrimitives.ReadUInt16LittleEndian(_names[i..]);
            if (_names.Slice(i + LengthOctets, known).SequenceEqual(name))
            {
                return false;
            }

            i += LengthOctets + known;
        }

        BinaryPrimitives.WriteUInt16LittleEndian(_names[end..], (ushort)length);
        _name = end + LengthOctets;
        _used = _name + length;
        return true;
    }

    /// <summary>Where the names of an object start and how many there are.</summary>
    private struct OpenObject
    {
        public int Start;
        public int Members;
    }

    /// <summary>One entry per level.</summary>
    [InlineArray(DepthLimit)]
    private struct OpenObjects
    {
        private OpenObject _first;
    }
}
