namespace Tollgate.Model.Rules;

/// <summary>
/// Reads the query of a custom policy. Two forms: <c>LIMIT 5 PER 1 min WHERE userId == 'x'</c>, which counts under the key template; and the
/// shape that queries of the field have, from RequestStream over a stream of eligible calls to a result.
/// </summary>
internal sealed class CustomQuery
{
    private const string Field = "siddhiQuery";
    private const string IsEligible = "isEligible";
    private const string ThrottleKey = "throttleKey";

    private readonly RuleReader _words;
    private readonly RuleExpressions _expressions;

    private CustomQuery(string query)
    {
        _words = new RuleReader(query, Field);
        _expressions = new RuleExpressions(_words);
    }

    public static CustomPlan Read(string query, RuleText template)
    {
        var reader = new CustomQuery(query);
        var plan = reader._words.TryTakeName("limit") ? reader.Declared(template) : reader.Imported(template);
        return reader._words.Next.Kind == WordKind.End ? plan : throw reader._words.Expected("the end of the query");
    }

    private CustomPlan Declared(RuleText template)
    {
        var limit = _words.TakeCount("how many calls");
        _words.TryTakeName("requests");
        _words.NeedName("per");
        var (count, unit) = Duration();
        var eligible = _words.TryTakeName("where") ? _expressions.ReadTest() : new RuleTest.Constant(true);
        _words.TryTake(";");
        return new CustomPlan(eligible, template, template, Quota.Checked(QuotaKind.Requests, limit, unit, count));
    }

    private CustomPlan Imported(RuleText template)
    {
        _words.NeedName("from");
        _words.NeedName("RequestStream");
        var (eligible, key) = Selection();
        var stream = Into();
        _words.Need(";");
        _words.NeedName("from");
        _words.NeedName(stream);
        OnlyEligible();
        var (count, unit) = Window();
        var limit = Decision();
        _words.NeedName("group");
        _words.NeedName("by");
        _words.NeedName(ThrottleKey);
        Into();
        _words.TryTake(";");
        return new CustomPlan(eligible, key, template, Quota.Checked(QuotaKind.Requests, limit, unit, count));
    }

    private (RuleTest Eligible, RuleText Key) Selection()
    {
        RuleTest? eligible = null;
        RuleText? key = null;
        _words.NeedName("select");
        do
        {
            // Fields that are only passed on say nothing about the limit.
            if (_words.Next.Kind == WordKind.Name && _words.Second.Is(","))
            {
                _words.Take();
                continue;
            }

            var value = _expressions.Read();
            if (!_words.TryTakeName("as"))
            {
                continue;
            }

            if (_words.TryTakeName(IsEligible))
            {
                eligible = _expressions.Test(value);
            }
            else if (_words.TryTakeName(ThrottleKey))
            {
                key = _expressions.Text(value);
            }
            else
            {
                _words.TakeName("a name");
            }
        }
        while (_words.TryTake(","));
        return eligible is not null && key is not null
            ? (eligible, key)
            : throw _words.Refuse($"the first query selects a condition AS {IsEligible} and a text AS {ThrottleKey}.");
    }

    private string Into()
    {
        _words.NeedName("insert");
        if (_words.TryTakeName("all"))
        {
            _words.NeedName("events");
        }

        _words.NeedName("into");
        return _words.TakeName("the name of a stream");
    }

    private void OnlyEligible()
    {
        _words.Need("[");
        _words.NeedName(IsEligible);
        if (_words.TryTake("=="))
        {
            _words.NeedName("true");
        }

        _words.Need("]");
    }

    private (int Count, string Unit) Window()
    {
        _words.Need("#");
        var space = _words.TakeName("a window, like throttler:timeBatch(1 min)");
        var name = (_words.TryTake(":") || _words.TryTake(".")) ? $"{space}:{_words.TakeName("the name of a window")}" : space;
        if (name is not ("throttler:timeBatch" or "window:timeBatch" or "window:time"))
        {
            throw _words.Refuse($"the window '{name}' is not available; write #throttler:timeBatch(1 min).");
        }

        _words.Need("(");
        var duration = Duration();
        _words.Need(")");
        return duration;
    }

    private (int Count, string Unit) Duration()
    {
        var count = _words.TakeCount("a number of time units, like 1 min");
        var unit = _words.TakeName("sec, min, hour, day, month or year");
        return count <= int.MaxValue ? ((int)count, unit) : throw _words.Refuse("the window is too long.");
    }

    // throttleKey, (count(userId) >= 10) as isThrottled, expiryTimeStamp: the refusal begins with the call after the one that reaches the count.
    private long Decision()
    {
        long? limit = null;
        _words.NeedName("select");
        do
        {
            if (_words.TryTakeName(ThrottleKey) || _words.TryTakeName("expiryTimeStamp"))
            {
                continue;
            }

            var inside = _words.TryTake("(");
            _words.NeedName("count");
            _words.Need("(");
            if (!_words.Next.Is(")"))
            {
                _words.TakeName("the name of a field");
            }

            _words.Need(")");
            var more = _words.TryTake(">") ? 1 : 0;
            if (more == 0)
            {
                _words.Need(">=");
            }

            limit = _words.TakeCount("how many calls") + more;
            if (inside)
            {
                _words.Need(")");
            }

            _words.NeedName("as");
            _words.NeedName("isThrottled");
        }
        while (_words.TryTake(","));
        return limit ?? throw _words.Refuse("the second query selects (count(userId) >= 10) AS isThrottled.");
    }
}
