using Platform.Tokens.ClientAssertions;

namespace Platform.IdP.Clients;

/// <summary>What a request brings along to say which client sends it.</summary>
/// <param name="ClientId">Whom it claims to be; null when it does not say.</param>
internal abstract record PresentedCredentials(string? ClientId)
{
    /// <param name="Method">client_secret_basic or client_secret_post.</param>
    public sealed record Secret(string? ClientId, string Method, string Value) : PresentedCredentials(ClientId);

    public sealed record Assertion(string? ClientId, string Value) : PresentedCredentials(ClientId);

    /// <summary>Nothing but the name: a public client, or one whose certificate speaks for it.</summary>
    public sealed record NameOnly(string? ClientId) : PresentedCredentials(ClientId);

    public sealed record Unreadable(string? ClientId, string Reason) : PresentedCredentials(ClientId);

    /// <summary>The request contradicts itself.</summary>
    public sealed record Contradiction(string Description) : PresentedCredentials(ClientId: null);

    public static PresentedCredentials Read(HttpRequest request, RequestParameters form)
    {
        var header = request.Headers.Authorization;
        var (id, secret, assertion, type) =
            (form["client_id"], form["client_secret"], form["client_assertion"], form["client_assertion_type"]);

        // RFC 6749 section 2.3, RFC 7521 section 4.2.1: not more than one method in a request.
        var methods = header.Count + (secret is null ? 0 : 1) + (assertion is null && type is null ? 0 : 1);
        if (methods > 1)
            return new Contradiction("More than one client authentication was sent.");

        return header.Count == 1 ? ReadHeader(header.ToString(), id)
            : secret is not null ? new Secret(id, ClientAuthenticationMethods.Post, secret)
            : assertion is not null || type is not null ? ReadAssertion(assertion, type, id)
            : new NameOnly(id);
    }

    // RFC 6749 section 2.3.1
    private static PresentedCredentials ReadHeader(string header, string? id) => BasicCredentials.Parse(header) switch
    {
        null => new Unreadable(id, "the Authorization header is not valid Basic authentication"),
        { } basic when id is not null && id != basic.ClientId =>
            new Contradiction("client_id and the Authorization header name different clients."),
        { } basic => new Secret(basic.ClientId, ClientAuthenticationMethods.Basic, basic.Secret),
    };

    // RFC 7521 section 4.2, RFC 7523 section 2.2
    private static PresentedCredentials ReadAssertion(string? assertion, string? type, string? id)
    {
        var named = assertion is null ? null : ClientAssertion.PeekClientId(assertion);
        if (type != ClientAssertion.Type)
            return new Unreadable(id ?? named, "client_assertion_type is not jwt-bearer");
        if (assertion is null)
            return new Unreadable(id, "client_assertion is missing");
        if (named is null)
            return new Unreadable(id, "the client assertion cannot be read or has no subject");

        // RFC 7521 section 4.2: client_id is not needed, and names the same client.
        return id is null || id == named
            ? new Assertion(named, assertion)
            : new Unreadable(id, "client_id and the subject of the client assertion differ");
    }
}
