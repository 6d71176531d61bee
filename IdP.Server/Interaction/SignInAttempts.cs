using System.Net;
using Microsoft.Extensions.Options;

namespace Platform.IdP.Interaction;

/// <summary>Limits failed sign-ins per account and per address.</summary>
internal sealed class SignInAttempts(AttemptCounters counters, IOptions<IdpOptions> options)
{
    private readonly AttemptOptions _limits = options.Value.Attempts;

    /// <summary>Counts an attempt; false when there were too many.</summary>
    public Task<bool> TryBeginAsync(string userName, IPAddress? address) => counters.TryBeginAsync(_limits.Window,
        (Account(userName), _limits.PerAccount), (Address(address), _limits.PerAddress));

    /// <summary>The attempt was no guess: the address gets it back, and the account starts anew.</summary>
    public async Task SucceededAsync(string userName, IPAddress? address)
    {
        await GiveBackAsync(userName, address);
        await counters.ForgetAsync(Account(userName));
    }

    /// <summary>The attempt did not take place.</summary>
    public Task GiveBackAsync(string userName, IPAddress? address) =>
        counters.GiveBackAsync(Account(userName), Address(address));

    // Names are hashed: people type their password into the wrong field.
    private static string Account(string userName) =>
        "idp:attempts:account:" + Handle.Hash(userName.Trim().ToUpperInvariant());

    private static string Address(IPAddress? address) => $"idp:attempts:address:{address}";
}
