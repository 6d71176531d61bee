using System.Diagnostics;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace Platform.Hosting.Tests.Supervision;

/// <summary>A project that changes while it runs: built by the SDK, and answered by its replicas meanwhile.</summary>
public sealed class RebuildTests : IAsyncLifetime
{
    private const int Patience = 300_000;
    private readonly Application _application = new("--Hosting:HealthTimeout=200");
    private readonly string _program;
    private HttpClient _http = null!;

    public RebuildTests() => _program = Path.Combine(_application.Folder.FullName, "Changing", "Program.cs");

    public async ValueTask InitializeAsync()
    {
        var folder = Directory.CreateDirectory(Path.GetDirectoryName(_program)!).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "Changing.csproj"), """
            <Project Sdk="Microsoft.NET.Sdk.Web">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
            </Project>
            """, Deadline.Token);
        await WriteAsync("one");
        // Built before, or both replicas would.
        using var build = Process.Start(new ProcessStartInfo("dotnet", ["build", folder, "--nodereuse:false", "-p:UseSharedCompilation=false"])
        {
            RedirectStandardOutput = true
        })!;
        await build.StandardOutput.ReadToEndAsync(Deadline.Token);
        _application.Builder.AddProject("changing", Path.Combine(folder, "Changing.csproj"))
            .WithReplicas(2).WithHttpEndpoint().WithHttpHealthCheck("/");
    }

    public async ValueTask DisposeAsync()
    {
        _http?.Dispose();
        await _application.DisposeAsync();
    }

    [Fact(Timeout = Patience)]
    public async Task Answers_all_the_while_and_in_the_end_with_the_new_build_or_the_old_one()
    {
        await _application.StartAsync();
        _http = _application.Running.CreateHttpClient("changing");
        Assert.Equal("one", await _http.GetStringAsync("/", Deadline.Token));
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Deadline.Token);
        var asking = AskAsync(enough.Token);

        await WriteAsync("two");
        var rebuilt = await RebuildAsync();
        Assert.True(rebuilt.Success, rebuilt.ErrorMessage);
        Assert.Equal(["two"], await AnswersAsync());

        await WriteAsync("three\" + nonsense");
        var broken = await RebuildAsync();
        Assert.Equal("'changing' does not build: its output says why. What runs is the old build.", broken.ErrorMessage);
        Assert.Contains("error CS", await _application.WaitForLineAsync("changing", "error CS"), StringComparison.Ordinal);
        Assert.Equal(["two"], await AnswersAsync());

        await File.WriteAllTextAsync(_program, "return 3;", Deadline.Token);
        var dead = await RebuildAsync();
        Assert.StartsWith("The new build does not start, so the old one runs again.", dead.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal(["two"], await AnswersAsync());

        await enough.CancelAsync();
        Assert.Equal((0, true), (await asking is var (failed, asked) ? failed : -1, asked > 0));
    }

    private Task WriteAsync(string answer) => File.WriteAllTextAsync(_program, $"""
        var app = WebApplication.CreateBuilder(args).Build();
        app.MapGet("/", () => "{answer}");
        app.Run();
        """, Deadline.Token);

    private Task<ExecuteCommandResult> RebuildAsync() =>
        _application.Running.ResourceCommands.ExecuteCommandAsync("changing", "rebuild", Deadline.Token);

    private async Task<IEnumerable<string>> AnswersAsync()
    {
        var answers = new HashSet<string>();
        for (var i = 0; i < 6; i++)
        {
            // Every connection goes to the next replica.
            using var http = _application.Running.CreateHttpClient("changing");
            http.DefaultRequestHeaders.ConnectionClose = true;
            answers.Add(await http.GetStringAsync("/", Deadline.Token));
        }

        return answers;
    }

    private async Task<(int Failed, int Asked)> AskAsync(CancellationToken cancellationToken)
    {
        var (failed, asked) = (0, 0);
        while (!cancellationToken.IsCancellationRequested)
        {
            using var http = _application.Running.CreateHttpClient("changing");
            http.DefaultRequestHeaders.ConnectionClose = true;
            try
            {
                await http.GetStringAsync("/", cancellationToken);
                asked++;
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                break;
            }
            catch (HttpRequestException)
            {
                failed++;
            }
        }

        return (failed, asked);
    }
}
