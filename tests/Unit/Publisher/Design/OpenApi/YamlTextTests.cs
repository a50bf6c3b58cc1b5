namespace Tollgate.Unit.Publisher.Design.OpenApi;

/// <summary>YAML: keys, structure and what is refused.</summary>
public sealed class YamlTextTests
{
    [Theory]
    [InlineData("x: {200: a, 4XX: b, 1.0: c}", """{"200":"a","4XX":"b","1.0":"c"}""")]
    [InlineData("x: {true: d, null: e, ~: f, yes: g}", """{"true":"d","null":"e","~":"f","yes":"g"}""")]
    [InlineData("x: {? a : b, ? c}", """{"a":"b","c":null}""")]
    [InlineData("x:\n- a\n- - b\n  - c\n- d: e\n  f:\n  - g", """["a",["b","c"],{"d":"e","f":["g"]}]""")]
    [InlineData("x: |\n  one\n  two\n", "\"one\\ntwo\\n\"")]
    [InlineData("x: {\"<<\": 1}", """{"\u003C\u003C":1}""")]
    [InlineData("x: &a [1, &b {c: 2}]\ny: *b\nz: *a", """[1,{"c":2}]""")]
    public void Structure_OfCollections_IsKept(string text, string json) => Assert.Equal(json, Documents.YamlValue(text));

    [Fact]
    public void Alias_OfACollection_IsACopy() =>
        Assert.Equal("""[{"c":2},{"c":2},{"c":2}]""", Documents.YamlValue("x: [&b {c: 2}, *b, *b]"));

    [Fact]
    public void Alias_OfAnAnchorDefinedAgain_IsTheLatter() => Assert.Equal("[1,1,2,2]", Documents.YamlValue("x: [&a 1, *a, &a 2, *a]"));

    [Theory]
    [InlineData("x: 1\nx: 2", "Line 5, column 1: The name 'x' stands twice in the same object.")]
    [InlineData("x: {200: a, '200': b}", "Line 4, column 13: The name '200' stands twice in the same object.")]
    [InlineData("x: {<<: {a: b}}", "Line 4, column 5: Merge keys (<<) are not part of YAML 1.2; write the members out.")]
    [InlineData("x: {[a]: b}", "Line 4, column 5: A key must be plain text, not a list, an object or an alias.")]
    [InlineData("x: {&a b: c, *a : d}", "Line 4, column 14: A key must be plain text, not a list, an object or an alias.")]
    [InlineData("x: *nothing", "Line 4, column 4: The alias '*nothing' has no anchor that is complete before it.")]
    [InlineData("x: &a [*a]", "Line 4, column 8: The alias '*a' has no anchor that is complete before it.")]
    [InlineData("x: 1\n---\ny: 2", "Line 5, column 1: A second document begins here; import one document at a time.")]
    [InlineData("x: !!binary abc", "Line 4, column 4: The tag 'tag:yaml.org,2002:binary' is not available; only YAML's core types are.")]
    [InlineData("x: !!set {a}", "Line 4, column 4: The tag 'tag:yaml.org,2002:set' is not available; only YAML's core types are.")]
    [InlineData("x: !local [a]", "Line 4, column 4: The tag '!local' is not available; only YAML's core types are.")]
    [InlineData("x: {!!js a: b}", "Line 4, column 5: The tag 'tag:yaml.org,2002:js' is not available; only YAML's core types are.")]
    [InlineData("x: !!int abc", "Line 4, column 4: 'abc' is not of the type that its tag !!int says.")]
    [InlineData("x: a: b", "Line 4, column 5: The document is not YAML: While scanning a plain scalar value, found invalid mapping.")]
    [InlineData("x:\n  : b: 2\n    c: d", "Line 5, column 4: A key is missing here.")]
    [InlineData("x: {? : b}", "Line 4, column 7: A key is missing here.")]
    [InlineData("x: a\0b", "Line 4, column 5: A NUL character stands here.")]
    public void Document_NotAcceptable_IsRefusedWithThePlace(string text, string sentence) =>
        Assert.Equal(sentence, Documents.Refused(Documents.Yaml(text)));

    [Fact]
    public void Aliases_OfAliases_AreRefusedAtTheNodeLimit()
    {
        // Ten levels of nine: 3.5 thousand million values if it were repeated; refused at the level that passes the limit.
        var levels = string.Join('\n', Enumerable.Range(1, 9).Select(i => $"x{i}: &a{i} [{Nine($"*a{i - 1}")}]"));
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.StartsWith(
            "Line 9, column 30: With this alias the document repeats too much; at most 500000 values in all",
            Documents.Refused(Documents.Yaml($"x0: &a0 [{Nine("lol")}]\n{levels}")));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000_000);

        static string Nine(string item) => string.Join(", ", Enumerable.Repeat(item, 9));
    }

    [Fact]
    public void Aliases_OfLongText_AreRefusedAtTheCharacterLimit() =>
        Assert.EndsWith(
            "1048576 repeated characters are allowed.",
            Documents.Refused(Documents.Yaml($"x: &a {new string('z', 500_000)}\ny: [*a, *a, *a]")));

    [Fact]
    public void Aliases_ThatNestTooDeep_AreRefused()
    {
        var levels = string.Join('\n', Enumerable.Range(1, 20).Select(i => $"x{i}: &a{i} [[[[[[[[[[*a{i - 1}]]]]]]]]]]"));

        Assert.EndsWith("The document is nested more than 100 levels deep.", Documents.Refused(Documents.Yaml($"x0: &a0 1\n{levels}")));
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    [InlineData("? ")]
    public void Nesting_OfHundredThousand_IsRefused(string open) =>
        Assert.NotEmpty(Documents.Refused(Documents.Yaml($"x:\n  {string.Concat(Enumerable.Repeat(open, 100_000))}")));

    [Fact]
    public void Nesting_OfTheLimit_IsRead()
    {
        Assert.Empty(Documents.Read(Document(99)).Operations);
        Assert.EndsWith("nested more than 100 levels deep.", Documents.Refused(Document(100)));

        static string Document(int lists) => Documents.Yaml($"x: {new string('[', lists)}{new string(']', lists)}");
    }

    [Theory]
    [InlineData("# nothing but a comment")]
    [InlineData("%YAML 1.2\n")]
    [InlineData("...\n...\n")]
    [InlineData("\"unfinished")]
    [InlineData("openapi: 3.0.3\ninfo: {title: T, version: 1")]
    [InlineData("openapi: 3.0.3\n\tinfo: x")]
    [InlineData("&a &b c")]
    [InlineData("%YAML 9999999999999999999.1\n---\na: b")]
    public void Document_Broken_IsRefused(string document) => Assert.NotEmpty(Documents.Refused(document));
}
