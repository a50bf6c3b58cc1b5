using Tollgate.Model.Metrics;
using Tollgate.Server.Telemetry;

namespace Tollgate.Unit.Server.Telemetry;

public sealed class PrometheusTextTests
{
    [Fact]
    public void Render_OfFamilies_WritesHelpTypeAndSamplesInTheOrderOfNames()
    {
        var text = PrometheusText.Render(
        [
            new MetricFamily("b_total", MetricKind.Counter, "Second.", [new(3, [new("code", "1"), new("status", "200")])]),
            new MetricFamily("a_seconds", MetricKind.Gauge, "First.", [new(1.5, [])]),
            new MetricFamily("c_total", MetricKind.Counter, "None yet.", []),
        ]);
        Assert.Equal(
            """
            # HELP a_seconds First.
            # TYPE a_seconds gauge
            a_seconds 1.5
            # HELP b_total Second.
            # TYPE b_total counter
            b_total{code="1",status="200"} 3
            # HELP c_total None yet.
            # TYPE c_total counter

            """,
            text);
    }

    [Fact]
    public void Render_OfTextsWithSpecialCharacters_EscapesThem()
    {
        var text = PrometheusText.Render(
            [new MetricFamily("a", MetricKind.Gauge, "Two\nlines, a \\ and a \".", [new(1, [new("name", "say \"hi\"\n\\")])])]);
        Assert.Equal("# HELP a Two\\nlines, a \\\\ and a \".\n# TYPE a gauge\na{name=\"say \\\"hi\\\"\\n\\\\\"} 1\n", text);
    }

    [Theory]
    [InlineData(1, "1")]
    [InlineData(0.0025, "0.0025")]
    [InlineData(12345678901, "12345678901")]
    [InlineData(double.PositiveInfinity, "+Inf")]
    [InlineData(double.NegativeInfinity, "-Inf")]
    [InlineData(double.NaN, "NaN")]
    public void MetricText_OfANumber_IsWhatPrometheusReads(double number, string expected) => Assert.Equal(expected, MetricText.Of(number));
}
