using Platform.Bff.Provider;
using Platform.Tokens.Discovery;

namespace Platform.Bff.Operations;

/// <summary>Whether the metadata of a provider is to be had soon: probes and administrators do not wait for long.</summary>
internal sealed record ProviderReach(ProviderMetadata? Metadata, string? Reason)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static async Task<ProviderReach> OfAsync(OpenIdProvider provider, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            return new(await provider.GetMetadataAsync(patience.Token), null);
        }
        catch (ProviderUnavailableException away)
        {
            return new(null, away.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(null, $"The metadata of {provider.Issuer} did not come within {Patience.TotalSeconds} seconds.");
        }
    }
}
