namespace Platform.IdP.Registration;

/// <summary>
/// <c>initial-access-token [--profile NAME] [--client-id ID] [--lifetime HH:MM:SS]</c>: issues one, prints it and ends.
/// </summary>
internal static class InitialAccessTokenCommand
{
    private const string Name = "initial-access-token";

    public static bool IsMeant(string[] args) => args is [Name, ..];

    public static async Task<int> IssueInitialAccessTokenAsync(this WebApplication app)
    {
        var profile = app.Configuration["profile"];
        var clientId = app.Configuration["client-id"];
        TimeSpan? lifetime = null;
        if (app.Configuration["lifetime"] is { } text)
        {
            if (!TimeSpan.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var parsed) || parsed <= TimeSpan.Zero)
                return Fail("--lifetime must be HH:MM:SS, for example 01:00:00.");
            lifetime = parsed;
        }

        var policy = app.Services.GetRequiredService<RegistrationPolicy>();
        if (policy.Find(profile) is null)
            return Fail($"--profile must be of {string.Join(", ", policy.Profiles.Select(known => known.Name))}.");
        if (clientId is not null && !ClientIdentifiers.IsAcceptable(clientId))
            return Fail("--client-id must have 1 to 128 characters of A-Z a-z 0-9 . _ ~ -");

        var (token, expiresAt) = await app.Services.GetRequiredService<InitialAccessTokenStore>().IssueAsync(profile, clientId, lifetime);
        await Console.Out.WriteLineAsync(token);
        await Console.Error.WriteLineAsync($"Single use, until {expiresAt:u}.");
        return 0;
    }

    private static int Fail(string fault)
    {
        Console.Error.WriteLine(fault);
        return 2;
    }
}
