using System.Net;
using Microsoft.Extensions.Options;
using Platform.ServiceDefaults.Limits;

namespace Platform.Bff.Defence;

/// <summary>Bounds what a flood costs, in this replica. Counted is what costs most: sign-ins, and calls that reach an API.</summary>
internal sealed class CallLimits(IOptions<LimitOptions> options, TimeProvider clock)
{
    private readonly RequestLimit<IPAddress> _signIns = new(options.Value.SignInsPerAddress, options.Value.Window, clock);

    // As many as there are live sessions in use: who has none is not counted.
    private readonly RequestLimit<string> _calls = new(options.Value.CallsPerSession, options.Value.Window, clock);

    /// <summary>Null when a sign-in may go on, else after how long another may.</summary>
    public TimeSpan? TrySignIn(IPAddress? address) => _signIns.TryPass(ClientNetwork.Of(address));

    /// <summary>Null when a call may go on, else after how long another may.</summary>
    public TimeSpan? TryCall(string sessionKey) => _calls.TryPass(sessionKey);
}
