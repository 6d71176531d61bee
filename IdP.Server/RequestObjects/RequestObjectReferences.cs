using System.Text;

namespace Platform.IdP.RequestObjects;

/// <summary>
/// Request objects by reference (RFC 9101 section 5.2, OpenID Connect Core section 6.2): fetched from addresses that the
/// client has registered and from no others.
/// </summary>
internal sealed class RequestObjectReferences(OutboundClient outbound)
{
    public async Task<ReferenceCheck> FetchAsync(string requestUri, Client client, CancellationToken cancellationToken)
    {
        // OpenID Connect Core section 6.2: the fragment is a hash for caches, which are not kept here.
        if (!client.RequestUris.Any(registered => WithoutFragment(registered).SequenceEqual(WithoutFragment(requestUri))))
            return new ReferenceCheck.Refused("request_uri is not registered for this client.", "it is not registered");

        return await outbound.GetAsync(new Uri(WithoutFragment(requestUri).ToString()), cancellationToken) switch
        {
            OutboundAnswer.Ok answer => new ReferenceCheck.Fetched(Encoding.UTF8.GetString(answer.Body).Trim()),
            OutboundAnswer.Refused refused => new ReferenceCheck.Refused(
                "The request object cannot be fetched from request_uri.", refused.Reason),
            _ => throw new InvalidOperationException(),
        };
    }

    private static ReadOnlySpan<char> WithoutFragment(string address) =>
        address.IndexOf('#', StringComparison.Ordinal) is var at and >= 0 ? address.AsSpan(0, at) : address;
}

internal abstract record ReferenceCheck
{
    public sealed record Fetched(string RequestObject) : ReferenceCheck;

    /// <summary>The error is invalid_request_uri.</summary>
    public sealed record Refused(string Description, string Reason) : ReferenceCheck;
}
