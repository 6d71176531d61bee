using Platform.Testing;

namespace Platform.Tests.Registration;

/// <summary>A client that registers itself, and its method of authentication, switched on both sides.</summary>
public sealed class RegistrationTests
{
    private readonly CancellationToken _cancelled = TestContext.Current.CancellationToken;

    [Fact(Timeout = 300_000)]
    public async Task S0_10_S0_15_S0_16_registers_signs_in_and_is_switched_between_the_methods_both_ways()
    {
        await using var methods = await ThreeMethods.StartAsync();

        await methods.RegisterAsync(_cancelled);
        await SaysAsync(methods, ThreeMethods.Key, $"Client registered: {ThreeMethods.ClientId}");
        await SaysAsync(methods, ThreeMethods.Key, $"The registration of {ThreeMethods.ClientId} is as it should be");
        await OnlyThisSignsInAsync(methods, ThreeMethods.Key);
        await SaysAsync(methods, ThreeMethods.Post,
            "the provider answered 401 invalid_client: client_assertion_type must be jwt-bearer",
            "registered there for private_key_jwt, and this BFF sends a secret", "MS_BFF_TOKEN_AUTH_METHOD");

        foreach (var bff in (string[])[ThreeMethods.Post, ThreeMethods.Basic, ThreeMethods.Post, ThreeMethods.Key])
        {
            methods.Switch(bff);
            await OnlyThisSignsInAsync(methods, bff);
        }

        await SaysAsync(methods, ThreeMethods.Key,
            "the provider answered 401 invalid_client", "is not registered there for private_key_jwt with the keys of this BFF");
        await SaysAsync(methods, ThreeMethods.Basic,
            "the provider answered 401 invalid_client", "is not registered there for client_secret_basic", "AUTH_CLIENT_SECRET");
        Assert.Single(
            await methods.ConsoleAsync(ThreeMethods.Key), line => line.Contains("Client registered:", StringComparison.Ordinal));
    }

    private async Task OnlyThisSignsInAsync(ThreeMethods methods, string bff)
    {
        // The server takes up edits of its file within 4 s.
        await Eventually.BecomesTrueAsync(() => methods.SignsInAsync(bff, _cancelled), _cancelled);
        foreach (var other in new[] { ThreeMethods.Key, ThreeMethods.Post, ThreeMethods.Basic }.Where(other => other != bff))
        {
            Assert.False(await methods.SignsInAsync(other, _cancelled), $"{other} signs in as well as {bff}.");
        }
    }

    /// <summary>One line of the console has all of it.</summary>
    private Task SaysAsync(ThreeMethods methods, string bff, params string[] parts) => Eventually.BecomesTrueAsync(
        async () => (await methods.ConsoleAsync(bff)).Any(line => parts.All(part => line.Contains(part, StringComparison.Ordinal))),
        _cancelled);
}
