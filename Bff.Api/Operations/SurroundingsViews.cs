using Microsoft.Extensions.Options;
using Platform.Bff.Registration;
using Platform.Bff.Signals;
using Platform.Sessions;
using StackExchange.Redis;

namespace Platform.Bff.Operations;

/// <summary>What the replica knows of others that it depends on: who applies security events, and where it registered itself.</summary>
internal sealed class SurroundingsViews(
    EventsApplied applied, EventSilence silence, IOptions<EventsOptions> events, RegistrationAtStart registration,
    IOptions<RegistrationOptions> registrations)
{
    public async Task<EventsView> EventsAsync(CancellationToken cancellationToken) =>
        new(events.Value.Required, silence.IsSilent, await LastAsync(cancellationToken));

    public RegistrationView Registration() => new(
        !string.IsNullOrEmpty(registrations.Value.InitialAccessToken), registrations.Value.Profile, registrations.Value.ForceReplace,
        registration.Outcome switch
        {
            null => "begun",
            RegistrationOutcome.NotWanted => "not_wanted",
            RegistrationOutcome.Current => "current",
            RegistrationOutcome.Registered => "registered",
            RegistrationOutcome.Refused => "refused",
            _ => "unavailable",
        },
        registration.Fault);

    private async Task<DateTimeOffset?> LastAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await applied.LastAsync(cancellationToken);
        }
        catch (Exception away) when (away is RedisException or TimeoutException)
        {
            // The checks say so.
            return null;
        }
    }
}
