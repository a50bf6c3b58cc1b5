using System.Net;
using Tollgate.Security.Fetch;

namespace Tollgate.Unit.Security.Fetch;

/// <summary>Nodes that can do the same are tried one after the other.</summary>
public sealed class NodesInTurnTests
{
    private static readonly Uri First = new("https://one.example");
    private static readonly Uri Second = new("https://two.example");

    private readonly NodesInTurn _nodes = new([First, Second]);
    private readonly List<string> _asked = [];

    [Fact]
    public async Task SendAsync_FirstNodeCannotBeReached_AsksTheNextAndStaysThere()
    {
        Assert.Equal(HttpStatusCode.OK, await SendAsync(host => host == First.Host ? Unreachable() : HttpStatusCode.OK));
        Assert.Equal(HttpStatusCode.OK, await SendAsync(_ => HttpStatusCode.OK));
        Assert.Equal([First.Host, Second.Host, Second.Host], _asked);
    }

    [Fact]
    public async Task SendAsync_NodeAnswers503_AsksTheNextAndPassesTheLastAnswerOn()
    {
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await SendAsync(_ => HttpStatusCode.ServiceUnavailable));
        Assert.Equal([First.Host, Second.Host], _asked);
    }

    [Theory]
    [InlineData(HttpStatusCode.OK)]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.InternalServerError)]
    public async Task SendAsync_AnyOtherAnswer_IsTheAnswer(HttpStatusCode status)
    {
        Assert.Equal(status, await SendAsync(_ => status));
        Assert.Equal([First.Host], _asked);
    }

    [Fact]
    public async Task SendAsync_ConnectionBreaksAfterTheRequestArrived_IsNotSentAgain()
    {
        await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(_ => throw new HttpRequestException(HttpRequestError.ResponseEnded)));
        Assert.Equal([First.Host], _asked);
    }

    [Fact]
    public async Task SendAsync_NobodyCanBeReached_ThrowsAfterEachWasAskedOnce()
    {
        await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(_ => Unreachable()));
        Assert.Equal([First.Host, Second.Host], _asked);
    }

    [Fact]
    public async Task SendAsync_NodeHangsUntilTheCallerGivesUp_IsNotAskedFirstNextTime()
    {
        using var limit = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SendAsync(
            _ =>
            {
                limit.Cancel();
                throw new OperationCanceledException();
            },
            limit.Token));
        Assert.Equal(Second, _nodes.First);
    }

    [Fact]
    public void Leave_ByTwoCallersOfOneNode_MovesOnOnce()
    {
        _nodes.Leave(First);
        _nodes.Leave(First);
        Assert.Equal(Second, _nodes.First);
    }

    private static HttpStatusCode Unreachable() => throw new HttpRequestException(HttpRequestError.ConnectionError);

    private async Task<HttpStatusCode> SendAsync(Func<string, HttpStatusCode> answer, CancellationToken cancellation = default)
    {
        using var http = new HttpMessageInvoker(new Answers(_asked, answer));
        using var response = await _nodes.SendAsync(http, node => new HttpRequestMessage(HttpMethod.Get, node), cancellation);
        return response.StatusCode;
    }

    private sealed class Answers(List<string> asked, Func<string, HttpStatusCode> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            asked.Add(request.RequestUri!.Host);
            return Task.FromResult(new HttpResponseMessage(answer(request.RequestUri.Host)));
        }
    }
}
