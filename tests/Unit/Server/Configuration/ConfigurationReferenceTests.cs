using Tollgate.Server.Configuration;

namespace Tollgate.Unit.Server.Configuration;

/// <summary>The reference page.</summary>
public sealed class ConfigurationReferenceTests
{
    [Fact]
    public void Page_OfTables_HasAGroupForEach() => Assert.Equal(
        """
        # Configuration keys

        ## `[[gates.gate]]`

        Gates.

        | key | value | default | meaning | other names |
        |---|---|---|---|---|
        | `address` | text | `https://$ref{store.main.host}:${gate.port}` | Where it is. |  |
        | `name` | text | `Default` | Unique name. | `title` |
        | `password` | text; secret | `""` | To get in. |  |

        ## `[[gates.gate.door]]`

        Doors.

        | key | value | default | meaning | other names |
        |---|---|---|---|---|
        | `width` | a whole number | `80` | In centimetres. |  |

        ## `[store.main]`

        | key | value | default | meaning | other names |
        |---|---|---|---|---|
        | `store.main.host` | text | `localhost` | Host name. | `store.primary.host` |
        | `store.main.port` | a whole number | `5432` | Port. | `store.main.port_no`, `store.primary.port`, `store.primary.port_no` |
        | `store.main.url` | text | `db://$ref{store.main.host}` | Address. | `store.primary.url` |

        ## `[store.spare]`

        | key | value | default | meaning | other names |
        |---|---|---|---|---|
        | `store.spare.host` | text | `localhost` | Host name. |  |
        | `store.spare.port` | a whole number | `0` | Port. | `store.spare.port_no` |
        | `store.spare.url` | text | `db://$ref{store.main.host}` | Address. |  |

        """,
        ConfigurationReference.Render([typeof(TablesSample)]));

    [Fact]
    public void Page_OfEachType_SaysWhatAValueMustBe() => Assert.Equal(
        """
        # Configuration keys

        ## `[kinds]`

        | key | value | default | meaning | other names |
        |---|---|---|---|---|
        | `kinds.colour` | one of Green, dark-red | `dark-red` | Enum. |  |
        | `kinds.large` | a whole number | `2` | Long. |  |
        | `kinds.maybe_colour` | one of Green, dark-red |  | Nullable enum. |  |
        | `kinds.maybe_small` | a whole number |  | Nullable int. |  |
        | `kinds.maybe_text` | text |  | Nullable text. |  |
        | `kinds.maybe_time` | a time in ms, s, m, h or d (a bare number is in ms) |  | Nullable time. |  |
        | `kinds.numbers` | a list, each a whole number | `[]` | Numbers. |  |
        | `kinds.percent` | a number from 0 to 99.5 | `0` | Double with limits. |  |
        | `kinds.share` | a number | `0.5` | Double. |  |
        | `kinds.small` | a whole number | `1` | Int. |  |
        | `kinds.strict_time` | a time in ms, s, m, h or d | `0s` | Time that needs its unit. |  |
        | `kinds.text` | text | `initial` | Text. |  |
        | `kinds.texts` | a list, each text | `[a, b\|c]` | Texts. |  |
        | `kinds.time` | a time in ms, s, m, h or d (a bare number is in s) | `15m` | Time in seconds. |  |
        | `kinds.truth` | true or false | `true` | Truth. |  |

        """,
        ConfigurationReference.Render([typeof(KindsSample)]));

    [Fact]
    public void Page_OfTypesInAnyOrder_IsTheSame() => Assert.Equal(
        ConfigurationReference.Render([typeof(KindsSample), typeof(ServerSample)]),
        ConfigurationReference.Render([typeof(ServerSample), typeof(KindsSample)]));
}
