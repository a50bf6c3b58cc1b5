using Tollgate.Model;
using Tollgate.Model.Rules;

namespace Tollgate.Unit.Model;

/// <summary>Queries of custom policies: what is read of them, and what refuses the others.</summary>
public sealed class CustomRuleTests
{
    private const string Query =
        """
        FROM RequestStream
        SELECT userId, ( userId == 'a@carbon.super' ) AS isEligible, str:concat('a@carbon.super','') as throttleKey
        INSERT INTO EligibilityStream;

        FROM EligibilityStream[isEligible==true]#throttler:timeBatch(1 min)
        SELECT throttleKey, (count(userId) >= 10) as isThrottled, expiryTimeStamp group by throttleKey
        INSERT ALL EVENTS into ResultStream;
        """;

    private static readonly RuleTest OfUser = new RuleTest.Same(new RuleText.Field(CallField.UserId), new RuleText.Literal("a@carbon.super"));

    [Theory]
    [InlineData("$userId")]
    [InlineData("$userId:$apiContext:$apiVersion")]
    [InlineData("ip-$clientIp")]
    public void Checked_QueryAndTemplateOfTheFieldsShape_AreKept(string template) =>
        Assert.Equal(new CustomRule(Query, template), CustomRule.Checked(Query, template));

    [Fact]
    public void ToPlan_OfTheFieldsShape_CountsEligibleCallsPerKey()
    {
        var plan = new CustomRule(Query, "$userId").ToPlan();
        Assert.Equal(OfUser, plan.Eligible);
        Assert.Equal(new RuleText.Join(new RuleText.Literal("a@carbon.super"), new RuleText.Literal("")), plan.Key);
        Assert.Equal(new RuleText.Field(CallField.UserId), plan.Template);
        Assert.Equal(new Quota(QuotaKind.Requests, 10, "min", 1), plan.Quota);
    }

    [Theory]
    [InlineData("FROM RequestStream SELECT messageID, propertiesMap, 1 == 1 AS isEligible, userId AS throttleKey INSERT INTO E;"
        + "FROM E[isEligible]#window.time(60 sec) SELECT throttleKey, count(throttleKey) > 9 AS isThrottled GROUP BY throttleKey INSERT ALL EVENTS INTO R",
        10, "sec", 60)]
    [InlineData("/* a\n */ from requeststream -- all\n select (not false) as isEligible, apiKey as throttleKey insert into e; "
        + "from e[isEligible == TRUE]#window.timeBatch(2 hours) select throttleKey, expiryTimeStamp, (count() >= 5) as isThrottled "
        + "group by throttleKey insert into r;",
        5, "hour", 2)]
    [InlineData("LIMIT 7 REQUESTS PER 1 day WHERE apiContext == \"/orders/1.0\" and clientIp >= 167772160;", 7, "day", 1)]
    [InlineData("limit 7 per 3 months", 7, "month", 3)]
    public void ToPlan_OfOtherSpellings_HasTheirLimit(string query, long limit, string unit, int unitTime) =>
        Assert.Equal(new Quota(QuotaKind.Requests, limit, unit, unitTime), new CustomRule(query, "$userId").ToPlan().Quota);

    [Theory]
    [InlineData("userId")]
    [InlineData("$unknown")]
    [InlineData("$userId:$")]
    [InlineData("$customProperty.region:$appId")]
    [InlineData("")]
    [InlineData(null)]
    public void Checked_TemplateWithoutAKnownVariable_IsRefused(string? template) => Refuses(Query, template, "keyTemplate");

    [Theory]
    [InlineData("", "siddhiQuery has 1 to")]
    [InlineData("SELECT 1", "line 1: expected 'from'")]
    [InlineData("FROM OtherStream SELECT throttleKey INSERT INTO R;", "line 1: expected 'RequestStream'")]
    [InlineData("FROM RequestStream\nSELECT userId\nINSERT INTO E;", "line 3: the first query selects")]
    [InlineData("FROM RequestStream\nSELECT (userId == 'x') AS isEligible,\n  nothing AS throttleKey INSERT INTO E;", "line 3: 'nothing' is no field")]
    [InlineData("FROM RequestStream\nSELECT (userId == 'x) AS isEligible", "line 2: a text in quotes has no end")]
    [InlineData("LIMIT 1 PER 1 min WHERE userId", "a condition is wanted")]
    [InlineData("LIMIT 1 PER 1 min WHERE userId == 1", "different kinds")]
    [InlineData("LIMIT 1 PER 1 min WHERE userId < 'x'", "only numbers")]
    [InlineData("LIMIT 1 PER 1 min WHERE str:reverse(userId) == 'x'", "'str:reverse' is not available")]
    [InlineData("LIMIT 1 PER 1 min WHERE map:get(propertiesMap,'region') == 'x'", "the property 'region' is not available")]
    [InlineData("LIMIT 1 PER 1 min WHERE regex:find('(a', userId)", "no regular expression")]
    [InlineData("LIMIT 1 PER 1 min WHERE regex:find('(?=a)', userId)", "without look-around")]
    [InlineData("LIMIT 1 PER 1 min WHERE true true", "expected the end of the query, found 'true'")]
    [InlineData("LIMIT 0 PER 1 min", "at least 1")]
    [InlineData("LIMIT 1 PER 1 fortnight", "time unit")]
    [InlineData("LIMIT 1.5 PER 1 min", "expected how many calls, found '1.5'")]
    [InlineData("LIMIT 1 PER 99999999999 min", "too long")]
    public void Checked_QueryThatIsNotUnderstood_IsRefusedWithItsLine(string query, string problem) => Refuses(query, "$userId", problem);

    [Theory]
    [InlineData("#throttler:timeBatch(1 min)", "#length(5)", "line 5: the window 'length' is not available")]
    [InlineData("isEligible==true", "isEligible==true and 1==1", "line 5: expected ']'")]
    [InlineData("count(userId) >= 10", "sum(userId) >= 10", "line 6: expected 'count'")]
    [InlineData("count(userId) >= 10", "count(userId) < 10", "line 6: expected '>='")]
    [InlineData("group by throttleKey", "group by userId", "line 6: expected 'throttleKey'")]
    [InlineData("FROM EligibilityStream", "FROM Elsewhere", "line 5: expected 'EligibilityStream'")]
    [InlineData("into ResultStream;", "into ResultStream; FROM x", "line 7: expected the end of the query")]
    public void Checked_QueryOfAnotherShape_IsRefusedWithItsLine(string part, string other, string problem) =>
        Refuses(Query.Replace(part, other, StringComparison.Ordinal), "$userId", problem);

    [Fact]
    public void Checked_DeepNesting_IsRefusedBeforeTheStackEnds() =>
        Refuses("LIMIT 1 PER 1 min WHERE " + new string('(', 1_000) + "true", "$userId", "nest at most");

    [Fact]
    public void Checked_RandomWords_AreReadOrRefusedButNeverBreak()
    {
        string[] words =
        [
            "FROM", "RequestStream", "SELECT", "userId", "(", ")", "==", "'x'", "AS", "isEligible", "throttleKey", "INSERT", "INTO", "E", ";", "[", "]", "#",
            "throttler", ":", "timeBatch", "1", "min", "count", ">=", ",", "LIMIT", "PER", "WHERE", "and", "or", "not", "str", "concat", "map", "get",
            "regex", "find", "'('", "propertiesMap", "'ip'", "cast", "'long'", "clientIp", "\n", "--", "/*", "'",
            "99999999999999999999999999999999999999999999",
        ];
        var random = new Random(7);
        for (var i = 0; i < 20_000; i++)
        {
            var start = random.Next(2) == 0 ? "LIMIT 1 PER 1 min WHERE " : "";
            var query = start + string.Join(' ', Enumerable.Range(0, random.Next(1, 12)).Select(_ => words[random.Next(words.Length)]));
            if (Record.Exception(() => CustomRule.Checked(query, "$userId")) is { } error)
            {
                Assert.True(error is Refusal { Status: 400 }, $"{query}: {error}");
            }
        }
    }

    private static void Refuses(string query, string? template, string problem)
    {
        var refusal = Assert.Throws<Refusal>(() => CustomRule.Checked(query, template));
        Assert.Equal((400, 900305), (refusal.Status, refusal.Code));
        Assert.Contains(problem, refusal.Description, StringComparison.Ordinal);
    }
}
