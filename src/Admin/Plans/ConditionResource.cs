using Tollgate.Model;

namespace Tollgate.Admin.Plans;

/// <summary>A condition as the REST contract shows it: exactly the part that <c>type</c> names is set.</summary>
internal sealed record ConditionResource
{
    private const string Header = "HEADERCONDITION";
    private const string Address = "IPCONDITION";
    private const string Claim = "JWTCLAIMSCONDITION";
    private const string Query = "QUERYPARAMETERCONDITION";
    private const int MaxName = 256;

    public required string Type { get; init; }

    public bool InvertCondition { get; init; }

    public HeaderConditionResource? HeaderCondition { get; init; }

    public AddressConditionResource? IpCondition { get; init; }

    public ClaimConditionResource? JwtClaimsCondition { get; init; }

    public QueryConditionResource? QueryParameterCondition { get; init; }

    /// <summary>The condition, or a refusal that names the place.</summary>
    public Condition Checked(string place) => (Type, HeaderCondition, IpCondition, JwtClaimsCondition, QueryParameterCondition) switch
    {
        (Header, { } header, null, null, null) => new Condition(
            ConditionKind.Header, HeaderName(header.HeaderName, $"{place}.headerCondition.headerName"),
            MatchPattern.Checked(header.HeaderValue, $"{place}.headerCondition.headerValue"), InvertCondition),
        (Address, null, { } address, null, null) => new Condition(
            ConditionKind.Address, null, address.Checked($"{place}.ipCondition"), InvertCondition),
        (Claim, null, null, { } claim, null) => new Condition(
            ConditionKind.Claim, Name(claim.ClaimUrl, $"{place}.jwtClaimsCondition.claimUrl"),
            MatchPattern.Checked(claim.Attribute, $"{place}.jwtClaimsCondition.attribute"), InvertCondition),
        (Query, null, null, null, { } query) => new Condition(
            ConditionKind.QueryParameter, Name(query.ParameterName, $"{place}.queryParameterCondition.parameterName"),
            MatchPattern.Checked(query.ParameterValue, $"{place}.queryParameterCondition.parameterValue"), InvertCondition),
        (Header or Address or Claim or Query, _, _, _, _) => throw Refusal.BadRequest(
            $"{place} has the part that its type names and no other: headerCondition for {Header}, ipCondition for {Address}, "
            + $"jwtClaimsCondition for {Claim}, queryParameterCondition for {Query}.",
            900305),
        _ => throw Refusal.BadRequest($"{place}.type '{Type}' is none of {Header}, {Address}, {Claim}, {Query}.", 900305),
    };

    public static ConditionResource Of(Condition condition) => condition.Kind switch
    {
        ConditionKind.Header => new ConditionResource
        {
            Type = Header,
            InvertCondition = condition.Invert,
            HeaderCondition = new HeaderConditionResource(condition.Name!, condition.Value),
        },
        ConditionKind.Claim => new ConditionResource
        {
            Type = Claim,
            InvertCondition = condition.Invert,
            JwtClaimsCondition = new ClaimConditionResource(condition.Name!, condition.Value),
        },
        ConditionKind.QueryParameter => new ConditionResource
        {
            Type = Query,
            InvertCondition = condition.Invert,
            QueryParameterCondition = new QueryConditionResource(condition.Name!, condition.Value),
        },
        _ => new ConditionResource
        {
            Type = Address,
            InvertCondition = condition.Invert,
            IpCondition = AddressConditionResource.Of(condition.Value),
        },
    };

    private static string HeaderName(string name, string place) =>
        name.Length is > 0 and <= MaxName && name.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c))
            ? name
            : throw Refusal.BadRequest($"{place} '{name}' is no name of a header.", 900305);

    private static string Name(string name, string place) => name.Length is > 0 and <= MaxName && !name.Any(char.IsControl)
        ? name
        : throw Refusal.BadRequest($"{place} has 1 to {MaxName} characters.", 900305);
}

/// <summary>A header and the pattern of its value.</summary>
internal sealed record HeaderConditionResource(string HeaderName, string HeaderValue);

/// <summary>A query parameter and the pattern of its value.</summary>
internal sealed record QueryConditionResource(string ParameterName, string ParameterValue);

/// <summary>A claim of the token and the pattern of its value.</summary>
internal sealed record ClaimConditionResource(string ClaimUrl, string Attribute);

/// <summary>An address, or two with all between them.</summary>
internal sealed record AddressConditionResource
{
    private const string One = "IPSPECIFIC";
    private const string Range = "IPRANGE";

    public string? IpConditionType { get; init; }

    public string? SpecificIP { get; init; }

    public string? StartingIP { get; init; }

    public string? EndingIP { get; init; }

    public string Checked(string place) => (IpConditionType, SpecificIP, StartingIP, EndingIP) switch
    {
        (One, { } address, null, null) => AddressSpan.Checked(address, $"{place}.specificIP", 900305),
        (Range, null, { } first, { } last) => AddressSpan.Checked(first, last, $"{place}.startingIP", $"{place}.endingIP", 900305),
        (One or Range, _, _, _) => throw Refusal.BadRequest(
            $"{place} has specificIP for {One}, startingIP and endingIP for {Range}, and nothing else.", 900305),
        _ => throw Refusal.BadRequest($"{place}.ipConditionType is {One} or {Range}.", 900305),
    };

    public static AddressConditionResource Of(string value)
    {
        var ends = value.Split('-');
        return ends.Length == 1
            ? new AddressConditionResource { IpConditionType = One, SpecificIP = value }
            : new AddressConditionResource { IpConditionType = Range, StartingIP = ends[0], EndingIP = ends[1] };
    }
}
