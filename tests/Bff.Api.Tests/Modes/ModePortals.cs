using Platform.Bff.Tests.AccessTokens;
using Platform.Bff.Tests.Fixture;

namespace Platform.Bff.Tests.Modes;

/// <summary>A portal that keeps sessions in cookies alone.</summary>
public sealed class StatelessPortal : Portal
{
    internal override string SessionMode => "stateless";
}

/// <summary>A portal that keeps sessions in cookies for a while, and in Redis.</summary>
public sealed class HybridPortal : Portal
{
    internal override string SessionMode => "hybrid";
}

/// <summary>Two replicas that keep sessions in cookies alone.</summary>
public sealed class StatelessRefreshingPortal : RefreshingPortal, IAsyncLifetime
{
    internal override string SessionMode => "stateless";
}

/// <summary>Two replicas that keep sessions in cookies for a while, and in Redis.</summary>
public sealed class HybridRefreshingPortal : RefreshingPortal, IAsyncLifetime
{
    internal override string SessionMode => "hybrid";
}
