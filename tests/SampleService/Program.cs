// A service for the tests of the engine: says who it is, what it was given, and crashes when told.
var builder = WebApplication.CreateBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
var app = builder.Build();
var unhealthy = app.Configuration.GetValue<bool>("Unhealthy");
app.MapGet("/health", () => unhealthy ? Results.StatusCode(503) : Results.Text("well"));
app.MapGet("/process", () => $"{Environment.ProcessId}");
app.MapGet("/environment/{name}", (string name) => Environment.GetEnvironmentVariable(name) ?? "");
app.MapGet("/fetch", async (string url, CancellationToken cancellationToken) =>
{
    using var client = new HttpClient();
    return await client.GetStringAsync(new Uri(url), cancellationToken);
});
app.MapPost("/crash", () => Environment.FailFast("told to"));
app.Run();
