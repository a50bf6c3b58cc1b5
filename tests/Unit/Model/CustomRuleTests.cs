using Tollgate.Model;

namespace Tollgate.Unit.Model;

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

    [Theory]
    [InlineData("$userId")]
    [InlineData("$userId:$apiContext:$apiVersion")]
    [InlineData("ip-$clientIp")]
    [InlineData("$customProperty.region:$appId")]
    public void Checked_QueryAndTemplateOfTheFieldsShape_AreKept(string template) =>
        Assert.Equal(new CustomRule(Query, template), CustomRule.Checked(Query, template));

    [Theory]
    [InlineData("userId")]
    [InlineData("$unknown")]
    [InlineData("$userId:$")]
    [InlineData("")]
    [InlineData(null)]
    public void Checked_TemplateWithoutAKnownVariable_IsRefused(string? template) =>
        Assert.Equal(400, Assert.Throws<Refusal>(() => CustomRule.Checked(Query, template)).Status);

    [Theory]
    [InlineData("")]
    [InlineData("SELECT 1")]
    [InlineData("FROM RequestStream SELECT throttleKey, isThrottled INSERT INTO ResultStream;")]
    [InlineData("FROM OtherStream SELECT throttleKey, isThrottled, expiryTimeStamp INSERT INTO ResultStream;")]
    [InlineData("FROM RequestStream SELECT throttleKey, isThrottled, expiryTimeStamp")]
    public void Checked_QueryOfAnotherShape_IsRefused(string query) =>
        Assert.Equal(400, Assert.Throws<Refusal>(() => CustomRule.Checked(query, "$userId")).Status);
}
