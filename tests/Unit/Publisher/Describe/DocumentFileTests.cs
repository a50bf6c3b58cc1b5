using System.Text;
using Tollgate.Model;
using Tollgate.Publisher.Describe;

namespace Tollgate.Unit.Publisher.Describe;

/// <summary>Files of documents: allowed kinds only, and only with the bytes of their kind.</summary>
public sealed class DocumentFileTests
{
    [Theory]
    [InlineData("a.pdf", "%PDF-1.4", "application/pdf")]
    [InlineData("A.PDF", "%PDF-1.4", "application/pdf")]
    [InlineData("a.docx", "PK\u0003\u0004x", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")]
    [InlineData("a.txt", "text", "text/plain; charset=utf-8")]
    [InlineData("a.yml", "a: b", "application/yaml")]
    public void Check_FileOfItsKind_HasItsMediaType(string name, string content, string mediaType) =>
        Assert.Equal(mediaType, DocumentFile.Check(name, Encoding.UTF8.GetBytes(content)).MediaType);

    [Theory]
    [InlineData("a.exe", "MZ", 415)]
    [InlineData("a.html", "<p>", 415)]
    [InlineData("a", "x", 415)]
    [InlineData(null, "x", 415)]
    [InlineData("a.pdf.exe", "%PDF-", 415)]
    [InlineData("a.pdf", "MZ", 400)]
    [InlineData("a.txt", "", 400)]
    [InlineData("a.txt", "a\0b", 400)]
    public void Check_AnotherFile_IsRefused(string? name, string content, int status) =>
        Assert.Equal(status, Assert.Throws<Refusal>(() => DocumentFile.Check(name, Encoding.UTF8.GetBytes(content))).Status);

    [Fact]
    public void Check_TextThatIsNotUtf8_IsRefused() => Assert.Throws<Refusal>(() => DocumentFile.Check("a.txt", [0xC3, 0x28]));
}
