using Microsoft.Extensions.Options;
using Platform.Sessions;

namespace Platform.Bff.Signals;

/// <summary>
/// What must happen to a session before it is used: what events demand of it, and, while events do not arrive, that its provider
/// has vouched for it a short while ago. An ending that nobody told is found out by then.
/// </summary>
internal sealed class Confirmations(EventSilence silence, IOptions<EventsOptions> options, TimeProvider clock)
{
    private readonly TimeSpan _every = options.Value.ConfirmEvery;

    /// <summary>Whether claims and tokens must be fetched again.</summary>
    public bool NeedsRefresh(LiveSession session) => session.NeedsRefresh || IsOverdue(session.VouchedAt) && session.CanRefresh;

    /// <summary>Whether the person must sign in anew: a provider that gave no refresh token cannot be asked otherwise.</summary>
    public bool NeedsSignIn(LiveSession session) => session.NeedsSignIn || IsOverdue(session.VouchedAt) && !session.CanRefresh;

    /// <summary>Whether that is too long ago, as things are.</summary>
    public bool IsOverdue(DateTimeOffset vouchedAt) => silence.IsSilent && clock.GetUtcNow() >= vouchedAt + _every;
}
