using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard.Feed.Wire;
using AnswerFormat = Aspire.Hosting.ApplicationModel.CommandResultFormat;
using CommandState = Aspire.Hosting.ApplicationModel.ResourceCommandState;

namespace Platform.Hosting.Tests.Dashboard;

public sealed class CommandFeedTests : IAsyncLifetime
{
    private FeedFixture _feed = null!;
    private GrpcClient _client = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _feed = await FeedFixture.StartAsync();
        _client = _feed.Client();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _feed.DisposeAsync();
    }

    [Fact]
    public async Task Runs_commands_and_tells_how_they_ended()
    {
        Offer("greet", context => Task.FromResult(context.ResourceName == "bff-aaaaaaaa" ? CommandResults.Success() : CommandResults.Failure("Not me.")));
        Assert.Equal(ResourceCommandResponseKind.Succeeded, (await RunAsync("bff-aaaaaaaa", "greet")).Kind);
        var failed = await RunAsync("bff-bbbbbbbb", "greet");
        Assert.Equal((ResourceCommandResponseKind.Failed, "Not me."), (failed.Kind, failed.Message));
        Assert.Equal(ResourceCommandResponseKind.Failed, (await RunAsync("bff-aaaaaaaa", "unknown")).Kind);
    }

    [Theory]
    [InlineData(AnswerFormat.Text)]
    [InlineData(AnswerFormat.Json)]
    [InlineData(AnswerFormat.Markdown)]
    public async Task Passes_an_answer_on_in_its_format_and_without_secrets(AnswerFormat format)
    {
        Offer("report", context => Task.FromResult(context.ResourceName == "bff-aaaaaaaa"
            ? CommandResults.Success($"Key {FeedFixture.Secret}.", new() { Value = $"it is {FeedFixture.Secret}", Format = format, DisplayImmediately = true })
            : CommandResults.Failure($"Not {FeedFixture.Secret}.", "details", format)));

        var answer = await RunAsync("bff-aaaaaaaa", "report");
        Assert.Equal((ResourceCommandResponseKind.Succeeded, "Key ●●●●●●."), (answer.Kind, answer.Message));
        Assert.Equal(("it is ●●●●●●", $"{format}", true), (answer.Result.Value, $"{answer.Result.Format}", answer.Result.DisplayImmediately));
        var failed = await RunAsync("bff-bbbbbbbb", "report");
        Assert.Equal((ResourceCommandResponseKind.Failed, "Not ●●●●●●.", "details"), (failed.Kind, failed.Message, failed.Result.Value));
    }

    [Fact]
    public async Task Offers_commands_in_their_state()
    {
        Offer("greet", _ => Task.FromResult(CommandResults.Success()));
        await _feed.Notifications.PublishUpdateAsync(_feed.Bff, snapshot => snapshot with { State = KnownResourceStates.Running });
        await using var updates = _client.CallAsync("WatchResources", new WatchResourcesRequest(), WatchResourcesUpdate.Parser, Cancellation)
            .GetAsyncEnumerator(Cancellation);
        Assert.True(await updates.MoveNextAsync());
        var command = Assert.Single(updates.Current.InitialData.Resources[0].Commands);
        Assert.Equal(("greet", "Say hello", "Really?"), (command.Name, command.DisplayName, command.ConfirmationMessage));
        Assert.Equal(Aspire.Hosting.Dashboard.Feed.Wire.ResourceCommandState.Disabled, command.State);
    }

    private void Offer(string name, Func<ExecuteCommandContext, Task<ExecuteCommandResult>> execute) => _feed.Bff.Annotations.Add(new ResourceCommandAnnotation(
        name, "Say hello", _ => CommandState.Disabled, execute, null, null, "Really?", null, null, isHighlighted: false));

    private Task<ResourceCommandResponse> RunAsync(string instance, string command) => _client.AskAsync(
        "ExecuteResourceCommand", new ResourceCommandRequest { ResourceName = instance, CommandName = command }, ResourceCommandResponse.Parser, Cancellation);
}
