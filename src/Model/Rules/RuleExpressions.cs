using System.Globalization;

namespace Tollgate.Model.Rules;

/// <summary>Reads expressions over the fields of a call: and, or, not, comparisons and a few functions.</summary>
internal sealed class RuleExpressions(RuleReader words)
{
    // Nested deeper than anybody writes; a reader that calls itself must end somewhere.
    private const int MaxDepth = 50;
    private const string Functions = "str:concat, str:contains, regex:find, regex:matches, map:get(propertiesMap,'ip' or 'messageSize') and cast";

    private int _depth;

    public RuleTest ReadTest() => Test(Read());

    public RuleText ReadText() => Text(Read());

    public RuleValue Read()
    {
        if (++_depth > MaxDepth)
        {
            throw words.Refuse($"expressions nest at most {MaxDepth} deep.");
        }

        var value = Both();
        while (words.TryTakeName("or"))
        {
            value = new RuleTest.Or(Test(value), Test(Both()));
        }

        _depth--;
        return value;
    }

    private RuleValue Both()
    {
        var value = Negated();
        while (words.TryTakeName("and"))
        {
            value = new RuleTest.And(Test(value), Test(Negated()));
        }

        return value;
    }

    private RuleValue Negated()
    {
        var not = false;
        while (words.TryTakeName("not"))
        {
            not = !not;
        }

        var value = Compared();
        return not ? new RuleTest.Not(Test(value)) : value;
    }

    private RuleValue Compared()
    {
        var first = Operand();
        Comparison? comparison = words.Next is { Kind: WordKind.Sign } sign ? sign.Text switch
        {
            "==" => Comparison.Equal,
            "!=" => Comparison.NotEqual,
            "<" => Comparison.Less,
            "<=" => Comparison.LessOrEqual,
            ">" => Comparison.Greater,
            ">=" => Comparison.GreaterOrEqual,
            _ => null,
        }
        : null;
        if (comparison is not { } how)
        {
            return first;
        }

        words.Take();
        return Compare(first, how, Operand());
    }

    private RuleTest Compare(RuleValue first, Comparison how, RuleValue second)
    {
        if (first is RuleNumber left && second is RuleNumber right)
        {
            return new RuleTest.Compare(left, how, right);
        }

        if (how is not (Comparison.Equal or Comparison.NotEqual))
        {
            throw words.Refuse("only numbers are smaller or greater.");
        }

        var same = (first, second) switch
        {
            (RuleText one, RuleText other) => new RuleTest.Same(one, other),
            (RuleTest test, RuleTest.Constant { Value: var value }) => value ? test : new RuleTest.Not(test),
            _ => throw words.Refuse("the two sides of a comparison are of different kinds."),
        };
        return how == Comparison.Equal ? same : new RuleTest.Not(same);
    }

    private RuleValue Operand()
    {
        if (words.TryTake("("))
        {
            var value = Read();
            words.Need(")");
            return value;
        }

        var word = words.Next;
        switch (word.Kind)
        {
            case WordKind.Text:
                words.Take();
                return new RuleText.Literal(word.Text);
            case WordKind.Number when UInt128.TryParse(word.Text.TrimEnd('L', 'l'), NumberStyles.None, CultureInfo.InvariantCulture, out var number):
                words.Take();
                return new RuleNumber.Literal(number);
            case WordKind.Name:
                words.Take();
                return Named(word);
            default:
                throw words.Expected("a field, a text, a whole number or a function");
        }
    }

    private RuleValue Named(RuleWord name)
    {
        if (words.TryTake(":"))
        {
            return Function($"{name.Text}:{words.TakeName("the name of a function")}");
        }

        if (name.IsName("cast") && words.Next.Is("("))
        {
            return Cast();
        }

        return name.IsName("true") || name.IsName("false") ? new RuleTest.Constant(name.IsName("true"))
            : name.Text == RuleFields.Address ? new RuleNumber.Address()
            : RuleFields.OfQueries.TryGetValue(name.Text, out var field) ? new RuleText.Field(field)
            : throw words.Refuse(
                $"'{name.Text}' is no field of a call; there are {string.Join(", ", RuleFields.OfQueries.Keys)} and {RuleFields.Address}.");
    }

    private RuleValue Function(string name)
    {
        words.Need("(");
        RuleValue value;
        switch (name.ToLowerInvariant())
        {
            case "str:concat":
                value = Concat();
                break;
            case "str:contains":
                var text = ReadText();
                words.Need(",");
                value = new RuleTest.Contains(text, words.TakeText("a text in quotes"));
                break;
            case "regex:find" or "regex:matches":
                value = Pattern(isWhole: name.EndsWith("matches", StringComparison.OrdinalIgnoreCase));
                break;
            case "map:get":
                value = Property();
                break;
            default:
                throw words.Refuse($"'{name}' is not available; there are {Functions}.");
        }

        words.Need(")");
        return value;
    }

    private RuleText Concat()
    {
        var text = Text(Read());
        while (words.TryTake(","))
        {
            text = new RuleText.Join(text, Text(Read()));
        }

        return text;
    }

    private RuleTest.Finds Pattern(bool isWhole)
    {
        var pattern = words.TakeText("a pattern in quotes");
        words.Need(",");
        return new RuleTest.Finds(MatchPattern.Checked(isWhole ? $"^(?:{pattern})$" : pattern, "The pattern"), ReadText());
    }

    private RuleNumber Property()
    {
        words.NeedName("propertiesMap");
        words.Need(",");
        var name = words.TakeText("the name of a property in quotes");
        return name switch
        {
            "ip" => new RuleNumber.Address(),
            "messageSize" => new RuleNumber.BodyLength(),
            _ => throw words.Refuse($"the property '{name}' is not available; there are ip and messageSize."),
        };
    }

    // Queries of the field cast what they take out of the map; here it has its type already.
    private RuleValue Cast()
    {
        words.Need("(");
        var value = Read();
        words.Need(",");
        var type = words.TakeText("a type in quotes");
        words.Need(")");
        return type.ToLowerInvariant() switch
        {
            "string" => Text(value),
            "int" or "long" when value is RuleNumber => value,
            _ => throw words.Refuse($"this cannot be cast to '{type}'; numbers are cast to 'long', 'int' and 'string'."),
        };
    }

    public RuleTest Test(RuleValue value) => value as RuleTest ?? throw words.Refuse("a condition is wanted here, like userId == 'x'.");

    public RuleText Text(RuleValue value) => value switch
    {
        RuleText text => text,
        RuleNumber.Address => new RuleText.Address(),
        RuleNumber.Literal number => new RuleText.Literal(number.Value.ToString(CultureInfo.InvariantCulture)),
        _ => throw words.Refuse("a text is wanted here, like userId or 'x'."),
    };
}
