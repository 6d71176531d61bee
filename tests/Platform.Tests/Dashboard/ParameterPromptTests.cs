using Platform.Testing;
using Platform.Testing.Secrets;
using Platform.Tests.Browser;
using Platform.Tests.Evidence;

namespace Platform.Tests.Dashboard;

/// <summary>Parameters without a value, which a person types in.</summary>
public sealed class ParameterPromptTests(Chromium chromium)
{
    private const string Key = "open-sesame-open-sesame";

    private readonly CancellationToken _cancelled = TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task The_dashboard_asks_for_the_values_and_what_needs_them_starts_with_them()
    {
        var builder = DistributedApplicationTestingBuilder.Create([], (options, _) => options.DisableDashboard = false);
        Assert.SkipWhen(builder.Configuration["AppHost:DashboardApiKey"] is null, "Aspire's dashboard is not installed (./platform brings it).");
        builder.AddExecutable("mailer", "sh", "/", "-c", "echo \"from $REGION with a key of ${#KEY} letters\"; exec sleep 1000")
            .WithEnvironment("REGION", builder.AddParameter("region").WithDescription("Where the mail goes out."))
            .WithEnvironment("KEY", builder.AddParameter("mail-key", secret: true));
        var secrets = new KnownSecrets();
        secrets.Add(Key);

        await using var application = await WatchedApplication.BuildAsync(builder, secrets, _cancelled);

        // It has not started before it has the values.
        var starting = application.StartAsync(
            app => app.ResourceNotifications.WaitForResourceAsync("mailer", KnownResourceStates.Running, _cancelled), _cancelled);
        await Eventually.BecomesTrueAsync(() => builder.Configuration["ASPNETCORE_URLS"] is not null, _cancelled);
        using var telemetry = new DashboardTelemetry(builder.Configuration);
        await Eventually.BecomesTrueAsync(() => telemetry.AnswersAsync(_cancelled), _cancelled);
        await using var dashboard = await DashboardPage.OpenAsync(chromium, telemetry);
        await dashboard.Row("mailer").First.GetByText("Starting").WaitForAsync();
        await dashboard.Page.KeepAsync("dashboard-parameters-missing");
        await dashboard.Page.GetByText("Enter values").ClickAsync();
        await dashboard.Page.GetByText("Save to user secrets").First.WaitForAsync();
        var dialog = dashboard.Page.Locator("fluent-dialog");
        var fields = dialog.Locator("fluent-text-field input");
        await fields.Nth(0).FillAsync("north");
        await fields.Nth(1).FillAsync(Key);
        await dashboard.Page.KeepAsync("dashboard-parameters-dialog");
        await dialog.GetByText("Save", new() { Exact = true }).ClickAsync();

        await starting;
        await dashboard.GoToAsync("/consolelogs/resource/mailer");
        await dashboard.Page.GetByText($"from north with a key of {Key.Length} letters").WaitForAsync();
        await dashboard.GoToAsync("/");
        await dashboard.Row("mailer").First.GetByText("Running", new() { Exact = true }).WaitForAsync();
        Assert.DoesNotContain(Key, await dashboard.Page.ContentAsync(), StringComparison.Ordinal);
    }
}
