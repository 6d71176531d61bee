namespace Platform.IdP.Authorize;

/// <summary>How an authorization response travels.</summary>
internal static class ResponseModes
{
    public const string Query = "query";
    public const string FormPost = "form_post";

    /// <summary>JARM section 2.3; <c>jwt</c> is a short form of it.</summary>
    public const string QueryJwt = "query.jwt";
    public const string FormPostJwt = "form_post.jwt";

    public const string Jwt = "jwt";

    public static readonly string[] All = [Query, FormPost, Jwt, QueryJwt, FormPostJwt];

    public static bool IsSigned(string mode) => mode is QueryJwt or FormPostJwt;

    public static bool IsForm(string mode) => mode is FormPost or FormPostJwt;

    /// <summary>Whether the client must not get a response that is not signed (JARM section 3, FAPI 2.0 Message Signing).</summary>
    public static bool MustBeSigned(Client client) =>
        client.AuthorizationResponseAlgorithm is not null || client.Profile is ClientProfile.Fapi2MessageSigning;

    /// <summary>How a client is answered that says nothing of it.</summary>
    public static string DefaultOf(Client client) => MustBeSigned(client) ? QueryJwt : Query;
}
