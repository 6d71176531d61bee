using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard.Feed.Wire;
using Aspire.Hosting.Run;
using Microsoft.Extensions.DependencyInjection;
using Platform.Hosting.Tests.Supervision;

namespace Platform.Hosting.Tests.Dashboard;

/// <summary>Parameters that a person gives their values in the dashboard.</summary>
public sealed class ParameterPromptTests : IAsyncLifetime
{
    private readonly Application _application = new([], dashboard: true);
    private readonly string _secrets;
    private GrpcClient _client = null!;
    private Task _starting = null!;

    public ParameterPromptTests() => _secrets = Path.Combine(_application.Folder.FullName, "secrets", "secrets.json");

    public async ValueTask InitializeAsync()
    {
        var builder = _application.Builder;
        builder.Services.AddSingleton<IDashboard, FeedDashboard>().AddSingleton(new UserSecrets(_secrets));
        var region = builder.AddParameter("region");
        var key = builder.AddParameter("key", secret: true);
        _application.AddShell("needy", "echo \"$REGION/$KEY\"; exec sleep 1000").WithEnvironment("REGION", region).WithEnvironment("KEY", key);
        _application.AddShell("other", "exec sleep 1000");
        var app = await builder.BuildAsync(Deadline.Token);
        _starting = _application.StartingAsync();
        _client = await ((FeedDashboard)app.Services.GetRequiredService<IDashboard>()).ConnectAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _application.DisposeAsync();
    }

    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task Block_what_needs_them_until_they_are_there()
    {
        await using var person = new InteractionClient(_client);
        var bar = await person.NextAsync();
        Assert.Equal(("Unresolved parameters", MessageIntent.Warning, false), (bar.Title, bar.Notification.Intent, bar.ShowDismiss));
        await _application.States.WaitForResourceHealthyAsync("other", Deadline.Token);
        Assert.Equal(KnownResourceStates.Starting, _application.TextOf("needy"));
        var missing = _application.StateOf("key").Snapshot;
        Assert.Equal(("Value missing", "warn"), (missing.State?.Text, missing.State?.Style));
        Assert.StartsWith("Parameter 'key' has no value: set the variable Parameters__key", (string?)missing.Properties[0].Value, StringComparison.Ordinal);

        person.PressButton(bar.InteractionId);
        var dialog = await DialogAsync(person);
        Assert.Equal(
            [("region", InputType.Text, true), ("key", InputType.SecretText, true), ("SaveToUserSecrets", InputType.Boolean, false)],
            dialog.InputsDialog.InputItems.Select(input => (input.Name, input.InputType, input.Required)));
        person.Fill(dialog, "north", "open-sesame", "false");

        await _starting;
        Assert.Equal("north/open-sesame", await _application.WaitForLineAsync("needy", "/"));
        Assert.Equal((KnownResourceStates.Running, "north"), (_application.TextOf("region"), _application.StateOf("region").Snapshot.Properties[0].Value));
        Assert.False(File.Exists(_secrets));
        Assert.DoesNotContain("open-sesame", await EnvironmentInFeedAsync(), StringComparison.Ordinal);
    }

    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task Are_asked_for_again_when_one_is_empty_or_the_dialog_is_closed()
    {
        await using var person = new InteractionClient(_client);
        person.PressButton((await person.NextAsync()).InteractionId);
        var dialog = await DialogAsync(person);
        person.Send(new() { InteractionId = dialog.InteractionId, ResponseUpdate = true, InputsDialog = dialog.InputsDialog });
        person.Fill(dialog, "north", " ", "false");

        var again = await DialogAsync(person);
        Assert.Equal((dialog.InteractionId, "north"), (again.InteractionId, again.InputsDialog.InputItems[0].Value));
        Assert.Equal([[], ["key needs a value."], []], again.InputsDialog.InputItems.Select(input => input.ValidationErrors.ToArray()));

        person.Close(again.InteractionId);
        var bar = await NextAsync(person, update => update.KindCase == WatchInteractionsResponseUpdate.KindOneofCase.Notification);
        person.PressButton(bar.InteractionId);
        person.Fill(await DialogAsync(person), "north", "sesame", "false");
        await _starting;
    }

    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task Are_kept_in_the_user_secrets_when_the_person_says_so()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_secrets)!);
        await File.WriteAllTextAsync(_secrets, """{ "Other": "stays" }""", Deadline.Token);
        await using var person = new InteractionClient(_client);
        person.PressButton((await person.NextAsync()).InteractionId);
        person.Fill(await DialogAsync(person), "north", "sesame", "true");
        await _starting;

        using var kept = JsonDocument.Parse(await File.ReadAllBytesAsync(_secrets, Deadline.Token));
        Assert.Equal(
            [("Other", "stays"), ("Parameters:region", "north"), ("Parameters:key", "sesame")],
            kept.RootElement.EnumerateObject().Select(entry => (entry.Name, entry.Value.GetString()!)));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_secrets));
    }

    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task Are_asked_of_a_dashboard_that_connects_again()
    {
        await using (var gone = new InteractionClient(_client))
        {
            gone.PressButton((await gone.NextAsync()).InteractionId);
            await DialogAsync(gone);
        }

        await using var person = new InteractionClient(_client);
        person.Fill(await DialogAsync(person), "north", "sesame", "false");
        await _starting;
    }

    private static Task<WatchInteractionsResponseUpdate> DialogAsync(InteractionClient person) =>
        NextAsync(person, update => update.KindCase == WatchInteractionsResponseUpdate.KindOneofCase.InputsDialog);

    private static async Task<WatchInteractionsResponseUpdate> NextAsync(InteractionClient person, Func<WatchInteractionsResponseUpdate, bool> wanted)
    {
        while (true)
        {
            if (await person.NextAsync() is var update && wanted(update))
            {
                return update;
            }
        }
    }

    private async Task<string> EnvironmentInFeedAsync()
    {
        await using var updates = _client.CallAsync("WatchResources", new WatchResourcesRequest(), WatchResourcesUpdate.Parser, Deadline.Token)
            .GetAsyncEnumerator(Deadline.Token);
        Assert.True(await updates.MoveNextAsync());
        var needy = updates.Current.InitialData.Resources.Single(resource => resource.DisplayName == "needy");
        Assert.Contains(needy.Environment, variable => variable is { Name: "KEY", Value: "●●●●●●" });
        return needy.Environment.ToString();
    }
}
