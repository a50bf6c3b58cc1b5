using System.IO.Compression;
using System.Text;
using Tollgate.Model;
using Tollgate.Security.Archives;

namespace Tollgate.Unit.Security.Archives;

public sealed class SafeArchiveTests
{
    private static readonly ArchiveLimits Small = new()
    {
        Entries = 5,
        EntryBytes = 4_000,
        TotalBytes = 6_000,
        Ratio = 20,
        RatioFrom = 1_000,
        PathLength = 40,
        Depth = 3,
    };

    [Fact]
    public void Read_FilesAndFolders_ListsFilesInTheirOrder()
    {
        var archive = SafeArchive.Read(Zip(("b/", ""), ("b/second.txt", "2"), ("a.txt", "ä")), Small);
        Assert.Equal(["b/second.txt", "a.txt"], archive.Names);
        Assert.Equal("ä", Encoding.UTF8.GetString(archive.Find("a.txt")!));
        Assert.Null(archive.Find("A.txt"));
    }

    [Theory]
    [InlineData("../evil.txt")]
    [InlineData("a/../../evil.txt")]
    [InlineData("/etc/passwd")]
    [InlineData("C:/evil.txt")]
    [InlineData("a\\..\\evil.txt")]
    [InlineData("a//b.txt")]
    [InlineData("a/./b.txt")]
    [InlineData("a/.. /b.txt")]
    [InlineData("a\nb.txt")]
    [InlineData("a/b/c/d.txt")]
    [InlineData("a-name-that-is-longer-than-the-forty-characters-of-the-limit.txt")]
    public void Read_PathThatIsNotPlain_IsRefused(string name) => Refused(Zip((name, "x")));

    [Theory]
    [InlineData("a.txt", "a.txt")]
    [InlineData("a.txt", "A.TXT")]
    [InlineData("a", "a/b")]
    [InlineData("a/b", "a")]
    [InlineData("a/b", "A")]
    public void Read_TwoEntriesForOneName_IsRefused(string first, string second) => Refused(Zip((first, "x"), (second, "y")));

    [Fact]
    public void Read_TooManyEntries_IsRefused() => Refused(Zip([.. Enumerable.Range(0, 6).Select(n => ($"{n}", "x"))]));

    [Fact]
    public void Read_FileOverTheSize_IsRefused() => Refused(Zip(("a", Random(4_001))));

    [Fact]
    public void Read_FilesTogetherOverTheSize_IsRefused() => Refused(Zip(("a", Random(3_500)), ("b", Random(3_500))));

    [Fact]
    public void Read_Bomb_IsRefused() => Refused(Zip(("a", new string('x', 3_900))));

    [Fact]
    public void Read_Symlink_IsRefused()
    {
        var zip = Zip(archive =>
        {
            var entry = archive.CreateEntry("link");
            entry.ExternalAttributes = unchecked((int)0xA1FF0000);
            Write(entry, "/etc/passwd");
        });
        Assert.Contains("link", Refused(zip), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WrongChecksum_IsRefused()
    {
        var zip = Zip(archive => Write(archive.CreateEntry("a.txt", CompressionLevel.NoCompression), "marker"));
        zip[Encoding.Latin1.GetString(zip).IndexOf("marker", StringComparison.Ordinal)] = (byte)'M';
        Assert.Contains("checksum", Refused(zip), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SizeThatTheHeaderUnderstates_IsRefused()
    {
        var zip = Zip(("a.txt", Random(2_000)));
        var central = Encoding.Latin1.GetString(zip).LastIndexOf("PK\u0001\u0002", StringComparison.Ordinal);
        BitConverter.TryWriteBytes(zip.AsSpan(central + 24), 10u);
        Refused(zip);
    }

    [Theory]
    [InlineData("")]
    [InlineData("this is no zip file")]
    public void Read_NoZip_IsRefused(string text) => Refused(Encoding.UTF8.GetBytes(text));

    [Fact]
    public void Read_EveryTruncation_IsRefusedAndNeverThrowsAnythingElse()
    {
        var zip = Zip(("a.txt", Random(200)), ("b/c.txt", "text"));
        for (var length = 0; length < zip.Length; length++)
        {
            Refused(zip[..length]);
        }
    }

    [Fact]
    public void Read_EveryFlippedByte_IsReadAsBeforeOrRefused()
    {
        var zip = Zip(("a.txt", Random(200)), ("b/c.txt", "text"));
        for (var at = 0; at < zip.Length; at++)
        {
            var damaged = zip.ToArray();
            damaged[at] ^= 0x41;
            try
            {
                var archive = SafeArchive.Read(damaged, Small);
                Assert.All(archive.Names, name => Assert.NotNull(archive.Find(name)));
            }
            catch (Refusal)
            {
                // What is damaged may be refused; what must not happen is any other exception.
            }
        }
    }

    private static string Refused(byte[] zip)
    {
        var refusal = Assert.Throws<Refusal>(() => SafeArchive.Read(zip, Small, 900754));
        Assert.Equal((400, 900754), (refusal.Status, refusal.Code));
        return refusal.Description;
    }

    private static byte[] Zip(params (string Name, string Content)[] files) => Zip(archive =>
    {
        foreach (var (name, content) in files)
        {
            Write(archive.CreateEntry(name), content);
        }
    });

    private static byte[] Zip(Action<ZipArchive> fill)
    {
        using var buffer = new MemoryStream();
        using (var archive = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            fill(archive);
        }

        return buffer.ToArray();
    }

    private static void Write(ZipArchiveEntry entry, string content)
    {
        using var stream = entry.Open();
        stream.Write(Encoding.UTF8.GetBytes(content));
    }

    // Text that hardly shrinks.
    private static string Random(int length)
    {
        var random = new Random(7);
        return new string([.. Enumerable.Range(0, length).Select(_ => (char)random.Next(33, 127))]);
    }
}
