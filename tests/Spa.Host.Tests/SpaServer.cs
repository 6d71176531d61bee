using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.Spa.Pages;

namespace Platform.Spa.Tests;

/// <summary>The pages on a real Kestrel, with the files of the project itself.</summary>
public sealed class SpaServer : IAsyncLifetime
{
    private WebApplication? _app;

    public HttpClient Http { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    public Uri Address { get; private set; } = null!;

    public static string Files => Path.Combine(AppContext.BaseDirectory, "wwwroot");

    public ValueTask InitializeAsync() => StartAsync();

    /// <summary>Starts it with the settings <c>Pages:SignInOrigins</c>.</summary>
    internal async ValueTask StartAsync(params string[] signInOrigins)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = "Production",
        });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");

        builder.Configuration.AddInMemoryCollection(signInOrigins.Select((origin, at) =>
            new KeyValuePair<string, string?>($"{PageOptions.Section}:SignInOrigins:{at}", origin)));
        builder.AddPages();

        _app = builder.Build();
        _app.UseSecurityHeaders();
        _app.MapPages();
        await _app.StartAsync();

        var addresses = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        Address = new Uri(addresses.Addresses.Single());
        Http.BaseAddress = Address;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
    }
}
