using Platform.Bff.Tests.AccessTokens;

namespace Platform.Bff.Tests.Signals;

/// <summary>Two replicas that are in a hurry to have sessions confirmed when security events do not arrive.</summary>
public class SilentPortal : RefreshingPortal, IAsyncLifetime
{
    /// <summary>Shorter than access tokens live, so that it is not they who ask the provider.</summary>
    public static readonly TimeSpan ConfirmEvery = TimeSpan.FromMinutes(2);

    internal override Dictionary<string, string> Settings()
    {
        var settings = base.Settings();
        settings["Bff:Events:ConfirmEvery"] = ConfirmEvery.ToString();
        return settings;
    }
}

/// <summary>The same with sessions in cookies alone.</summary>
public sealed class StatelessSilentPortal : SilentPortal, IAsyncLifetime
{
    internal override string SessionMode => "stateless";
}

/// <summary>The same with sessions in cookies for a while, and in Redis.</summary>
public sealed class HybridSilentPortal : SilentPortal, IAsyncLifetime
{
    internal override string SessionMode => "hybrid";
}
