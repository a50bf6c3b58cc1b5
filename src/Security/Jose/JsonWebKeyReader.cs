using System.Text;
using System.Text.Json;

namespace Tollgate.Security.Jose;

/// <summary>Reads public keys and key sets from JSON (RFC 7517, RFC 7518 section 6).</summary>
internal static class JsonWebKeyReader
{
    // A key of 8192 bits with a chain of three such certificates in x5c stays below the first; the second holds 25 of those.
    private const int KeySizeLimit = 32 * 1024;
    private const int SetSizeLimit = 25 * KeySizeLimit;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    private static readonly string[] PrivateMembers = ["d", "p", "q", "dp", "dq", "qi", "oth"];

    public static JwkFailure ReadKey(ReadOnlyMemory<byte> json, out JsonWebKey? key)
    {
        key = null;
        if (json.Length > KeySizeLimit)
        {
            return JwkFailure.TooLarge;
        }

        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            return ReadKey(document.RootElement, out key);
        }
        catch (Exception e) when (IsBadText(e))
        {
            return JwkFailure.Malformed;
        }
    }

    /// <summary>Reads the keys that can be used; an entry that cannot is left out, as RFC 7517 section 5 has it.</summary>
    public static JwkFailure ReadSet(ReadOnlyMemory<byte> json, List<JsonWebKey> keys)
    {
        if (json.Length > SetSizeLimit)
        {
            return JwkFailure.TooLarge;
        }

        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            if (Member(document.RootElement, "keys") is not { ValueKind: JsonValueKind.Array } entries)
            {
                return JwkFailure.Malformed;
            }

            foreach (var entry in entries.EnumerateArray())
            {
                if (ReadKey(entry, out var key) == JwkFailure.None)
                {
                    keys.Add(key!);
                }
            }

            return JwkFailure.None;
        }
        catch (Exception e) when (IsBadText(e))
        {
            return JwkFailure.Malformed;
        }
    }

    // The second: a string with half a surrogate pair in it, which the parser leaves for the reader of the string to find.
    private static bool IsBadText(Exception e) => e is JsonException or InvalidOperationException;

    private static JwkFailure ReadKey(JsonElement entry, out JsonWebKey? key)
    {
        key = null;
        if (!TryText(entry, "kty", out var type) || type is null || !TryText(entry, "kid", out var keyId)
            || !TryText(entry, "alg", out var algorithmName) || !TryText(entry, "crv", out var curve)
            || keyId is "" || Encoding.UTF8.GetByteCount(keyId ?? "") > JsonWebKey.KeyIdLimit)
        {
            return JwkFailure.Malformed;
        }

        var failure = FindAlgorithm(type, algorithmName, curve, out var algorithm);
        if (failure == JwkFailure.None)
        {
            failure = CheckUse(entry);
        }

        if (failure != JwkFailure.None)
        {
            return failure;
        }

        var isCurve = algorithm == JwsAlgorithm.ES256;
        if (!TryText(entry, isCurve ? "x" : "n", out var first) || !TryText(entry, isCurve ? "y" : "e", out var second)
            || StrictBase64Url.Decode(first ?? "") is not { } firstOctets || StrictBase64Url.Decode(second ?? "") is not { } secondOctets)
        {
            return JwkFailure.Malformed;
        }

        failure = PlatformKey.FromPublic(algorithm, firstOctets, secondOctets, out var platform);
        key = platform is null ? null : new JsonWebKey(platform, keyId);
        return failure;
    }

    /// <summary>The one algorithm of the key: what it says, and where it says nothing, the only or the usual one of its type.</summary>
    private static JwkFailure FindAlgorithm(string type, string? name, string? curve, out JwsAlgorithm algorithm)
    {
        // alg is optional, and large providers leave it out. RS256 is what OpenID Connect Core section 15.1 requires of everyone.
        var usual = type == "EC" ? JwsAlgorithm.ES256 : JwsAlgorithm.RS256;
        var found = name is null ? usual : JwsAlgorithmName.Find(Encoding.UTF8.GetBytes(name));
        algorithm = found.GetValueOrDefault();
        if (found is null || type is not ("RSA" or "EC") || (type == "EC" && curve != "P-256"))
        {
            return JwkFailure.Unsupported;
        }

        var fits = (algorithm == JwsAlgorithm.ES256) == (type == "EC") && (type == "EC" || curve is null);
        return fits ? JwkFailure.None : JwkFailure.Inconsistent;
    }

    private static JwkFailure CheckUse(JsonElement entry)
    {
        // Whoever publishes a private key has lost it, and keeping the JSON would spread it further.
        foreach (var name in PrivateMembers)
        {
            if (Member(entry, name) is not null)
            {
                return JwkFailure.PrivateKey;
            }
        }

        if (!TryText(entry, "use", out var use))
        {
            return JwkFailure.Malformed;
        }

        if (use is not (null or "sig"))
        {
            return JwkFailure.NotForVerification;
        }

        return Member(entry, "key_ops") is { } operations ? CheckOperations(operations) : JwkFailure.None;
    }

    private static JwkFailure CheckOperations(JsonElement operations)
    {
        if (operations.ValueKind != JsonValueKind.Array)
        {
            return JwkFailure.Malformed;
        }

        HashSet<string> names = [];
        foreach (var operation in operations.EnumerateArray())
        {
            // RFC 7517 section 4.3: strings, none twice.
            if (operation.ValueKind != JsonValueKind.String || !names.Add(operation.GetString()!))
            {
                return JwkFailure.Malformed;
            }
        }

        return names.Contains("verify") ? JwkFailure.None : JwkFailure.NotForVerification;
    }

    /// <summary>False where the member is there and not a string; null where it is not there.</summary>
    private static bool TryText(JsonElement entry, string name, out string? text)
    {
        var member = Member(entry, name);
        text = member is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;
        return member is null || text is not null;
    }

    private static JsonElement? Member(JsonElement entry, string name) =>
        entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty(name, out var value) ? value : null;
}
