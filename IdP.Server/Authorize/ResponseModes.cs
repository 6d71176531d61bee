namespace Platform.IdP.Authorize;

/// <summary>How an authorization response travels.</summary>
internal static class ResponseModes
{
    public const string Query = "query";
    public const string FormPost = "form_post";

    /// <summary>JARM section 2.3; <c>jwt</c> is a short form of it.</summary>
    public const string QueryJwt = "query.jwt";
    public const string FormPostJwt = "form_post.jwt";
}
