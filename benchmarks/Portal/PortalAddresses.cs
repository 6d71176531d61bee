namespace Platform.Benchmarks.Portal;

/// <summary>Where a portal does what the scenarios ask for; the targets of requests.</summary>
/// <param name="Session">Who is signed in, as JSON.</param>
/// <param name="Api">A call that is passed on to the API.</param>
/// <param name="SignIn">Where a sign-in begins; null when nobody has to sign in.</param>
/// <param name="MostSessions">How many sessions it has at the most in its fastest setting; null when the number is all one to it.</param>
internal sealed record PortalAddresses(string Session, string Api, string? SignIn, int? MostSessions = null);
