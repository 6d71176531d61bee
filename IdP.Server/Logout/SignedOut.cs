using Microsoft.AspNetCore.Http.HttpResults;
using Platform.IdP.Logout.Views;

namespace Platform.IdP.Logout;

/// <summary>
/// What follows a logout: the clients' pages are loaded where there are any, and the person goes back to the client where
/// that is allowed.
/// </summary>
/// <param name="request">Null where no client asked for it.</param>
internal sealed class SignedOut(LogoutRequest? request, string? clientName, IReadOnlyList<LogoutFrame> frames) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var address = request?.ReturnAddress();

        // Without an ID token of this provider nobody is redirected (RP-Initiated Logout 1.0 section 3).
        var goesOn = request is { HasHint: true } && address is not null;
        if (goesOn && frames.Count == 0)
        {
            return new SeeOther(address!).ExecuteAsync(httpContext);
        }

        if (frames.Count > 0)
        {
            IdpTelemetry.LogoutNotifications.Add(frames.Count, new("channel", "front"), new("outcome", "shown"));
            httpContext.Response.AllowFrames(frames.Select(frame => frame.Origin));
        }

        var view = new SignedOutView(clientName, frames, address, goesOn);
        return new RazorComponentResult<SignedOutPage>(new Dictionary<string, object?> { [nameof(SignedOutPage.View)] = view })
            .ExecuteAsync(httpContext);
    }
}
