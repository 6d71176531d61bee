using Platform.Caep.Polling;

namespace Platform.Caep.Transmitters;

/// <summary>The transmitters beside the issuer, by a name that logs and metrics carry; section <c>Transmitters</c>.</summary>
internal sealed class ForeignTransmitters : Dictionary<string, ForeignTransmitterOptions>
{
    public const string Section = "Transmitters";

    public ForeignTransmitters() : base(StringComparer.OrdinalIgnoreCase)
    {
    }
}

/// <summary>One of them: whose events are taken, and what they are believed.</summary>
internal sealed class ForeignTransmitterOptions
{
    /// <summary>The <c>iss</c> of its events.</summary>
    public string Issuer { get; set; } = "";

    /// <summary>The <c>aud</c> that its events have for us.</summary>
    public string Audience { get; set; } = "";

    /// <summary>What its events are signed with; RS256 when none is named.</summary>
    public IList<string> Algorithms { get; } = [];

    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Where its keys are; without it, its metadata says so (<c>/.well-known/ssf-configuration</c>).</summary>
    public string? JwksUri { get; set; }

    /// <summary>The issuers whose users it may speak about beside its own.</summary>
    public IList<string> SpeaksFor { get; } = [];

    /// <summary>How it may name users beside its own subjects: <c>iss_sub</c> and <c>email</c>. None by default.</summary>
    public IList<string> Subjects { get; } = [];

    /// <summary>The event types that are taken from it, by URI or last segment; all when none is named.</summary>
    public IList<string> Events { get; } = [];

    /// <summary>The bearer token that it pushes with; it cannot push without.</summary>
    public string? PushToken { get; set; }

    /// <summary>How its events are fetched; they are not when this is not there.</summary>
    public PollOptions? Poll { get; set; }
}
