namespace Platform.Bff.Keys;

/// <summary><c>Bff.Api rotate-keys</c>: new keys at once, for all replicas, while they run.</summary>
internal static class KeyRotationCommand
{
    public const string Name = "rotate-keys";

    public static bool IsMeant(string[] args) => args is [Name, ..];

    /// <summary>The exit code: 0, or 1 when Redis is away.</summary>
    public static async Task<int> RunAsync(WebApplication app)
    {
        try
        {
            var keys = await app.Services.GetRequiredService<ClientKeys>().RotateAsync(CancellationToken.None);
            await Console.Out.WriteLineAsync($"Proofs are signed with {keys.Proof.KeyId} from now on.");
            await Console.Out.WriteLineAsync(keys.Configured is []
                ? $"Client assertions are signed with {keys.Signing.KeyId} from now on; the former key stays published."
                : "Client assertions are signed with the key of Bff:Keys:SigningKey (BFF_JWT_SIGNING_KEY), which only its owner can " +
                  "replace: put the new key in front of the old one, and remove the old one a day later.");
            return 0;
        }
        catch (Exception away) when (away is StackExchange.Redis.RedisException or TimeoutException or InvalidOperationException)
        {
            await Console.Error.WriteLineAsync($"The keys were not rotated: {away.Message}");
            return 1;
        }
    }
}
