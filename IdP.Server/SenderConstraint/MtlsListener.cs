namespace Platform.IdP.SenderConstraint;

/// <summary>The listener of its own that asks for certificates (<see cref="MtlsOptions.Url"/>).</summary>
internal static class MtlsListener
{
    private const string Endpoints = "Kestrel:Endpoints";

    /// <summary>Adds it to the addresses that the server listens on; where all are in Kestrel:Endpoints, it is there too.</summary>
    public static void AddMtlsListener(this WebApplicationBuilder builder)
    {
        // Read before the options can be: they are checked when the server starts.
        var options = builder.Configuration.GetSection(MtlsOptions.Section);
        if (bool.TryParse(options[nameof(MtlsOptions.Enabled)], out var enabled) && enabled &&
            options[nameof(MtlsOptions.Url)] is { } url &&
            builder.Configuration[WebHostDefaults.ServerUrlsKey] is { } others)
        {
            builder.WebHost.UseUrls([.. others.Split(';', StringSplitOptions.RemoveEmptyEntries), url]);
        }
    }

    public static bool CanBeAdded(IConfiguration configuration) =>
        configuration[WebHostDefaults.ServerUrlsKey] is not null || configuration.GetSection(Endpoints).Exists();
}
