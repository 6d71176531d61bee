using System.Net;
using Aspire.Hosting.Dashboard.Feed.Wire;

namespace Platform.Hosting.Tests.Dashboard;

public sealed class GrpcServerTests : IAsyncLifetime
{
    private const int NotFound = 5;
    private const int InvalidArgument = 3;
    private const int Unimplemented = 12;
    private const int Unauthenticated = 16;
    private FeedFixture _feed = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _feed = await FeedFixture.StartAsync();

    public ValueTask DisposeAsync() => _feed.DisposeAsync();

    [Fact]
    public async Task Answers_who_knows_the_key()
    {
        using var client = _feed.Client();
        var answer = await client.AskAsync(
            "GetApplicationInformation", new ApplicationInformationRequest(), ApplicationInformationResponse.Parser, Cancellation);
        Assert.Equal("Shop", answer.ApplicationName);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("the-key-of-the-fees")]
    public async Task Refuses_who_does_not_know_the_key(string? key)
    {
        using var client = _feed.Client(key);
        var refused = await Assert.ThrowsAsync<GrpcFailure>(() => client.AskAsync(
            "GetApplicationInformation", new ApplicationInformationRequest(), ApplicationInformationResponse.Parser, Cancellation));
        Assert.Equal(Unauthenticated, refused.Status);
    }

    [Fact]
    public async Task Has_no_answer_for_unknown_methods_and_does_not_say_so_to_strangers()
    {
        using var client = _feed.Client();
        var refused = await Assert.ThrowsAsync<GrpcFailure>(() => client.AskAsync(
            "UploadFile", new ApplicationInformationRequest(), ApplicationInformationResponse.Parser, Cancellation));
        Assert.Equal(Unimplemented, refused.Status);

        using var stranger = _feed.Client("wrong");
        refused = await Assert.ThrowsAsync<GrpcFailure>(() => stranger.AskAsync(
            "UploadFile", new ApplicationInformationRequest(), ApplicationInformationResponse.Parser, Cancellation));
        Assert.Equal(Unauthenticated, refused.Status);
    }

    // The end of the request and the end of its body race each other, so often.
    [Fact]
    public async Task A_dashboard_that_hangs_up_is_no_failure()
    {
        var feed = await FeedFixture.StartAsync();
        await using (feed)
        {
            for (var time = 0; time < 50; time++)
            {
                await AnswerAndHangUpAsync(feed);
            }
        }

        Assert.Empty(feed.Complaints);
    }

    private static async Task AnswerAndHangUpAsync(FeedFixture feed)
    {
        var question = feed.Questions.AskAsync(new("Which?", "One of two.", "This"), Cancellation);
        using var client = feed.Client();
        await using var dashboard = new InteractionClient(client);
        dashboard.PressButton((await dashboard.NextAsync()).InteractionId);
        await question;
    }

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 0, 0, 0, 0, 9, 1 })]
    [InlineData(new byte[] { 1, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 0, 255, 255, 255, 255 })]
    [InlineData(new byte[] { 0, 0, 0, 0, 2, 255, 255 })]
    public async Task Refuses_what_is_no_message(byte[] body)
    {
        using var client = _feed.Client();
        using var response = await client.SendAsync("/aspire.v1.DashboardService/ExecuteResourceCommand", body, Cancellation);
        await response.Content.ReadAsByteArrayAsync(Cancellation);
        Assert.Equal($"{InvalidArgument}", Assert.Single(response.TrailingHeaders.GetValues("grpc-status")));
    }

    [Fact]
    public async Task Refuses_resources_that_do_not_exist()
    {
        using var client = _feed.Client();
        var refused = await Assert.ThrowsAsync<GrpcFailure>(() => client.AskAsync(
            "ExecuteResourceCommand", new ResourceCommandRequest { ResourceName = "nobody", CommandName = "stop" }, ResourceCommandResponse.Parser, Cancellation));
        Assert.Equal(NotFound, refused.Status);
        refused = await Assert.ThrowsAsync<GrpcFailure>(() => client.AskAsync(
            "WatchResourceConsoleLogs", new WatchResourceConsoleLogsRequest { ResourceName = "nobody" }, WatchResourceConsoleLogsUpdate.Parser, Cancellation));
        Assert.Equal(NotFound, refused.Status);
    }

    [Fact]
    public async Task Speaks_to_nobody_but_gRPC()
    {
        using var http = new HttpClient();
        var request = new HttpRequestMessage(HttpMethod.Get, _feed.Address)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        using var response = await http.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }
}
