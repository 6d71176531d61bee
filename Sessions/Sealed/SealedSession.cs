using System.Text.Json.Serialization;

namespace Platform.Sessions.Sealed;

/// <summary>What a handle holds that is sealed around its session.</summary>
/// <param name="Id">The secret that the session's key is made from; in hybrid mode what its record opens with.</param>
/// <param name="Record">Whose it is.</param>
/// <param name="Tokens">Its tokens, or those of them that are not kept elsewhere.</param>
/// <param name="Version">How often the tokens have changed.</param>
/// <param name="SeenAt">When it was last used.</param>
/// <param name="SealedAt">When this was.</param>
/// <param name="CanRefresh">Whether there is a refresh token, here or elsewhere.</param>
/// <param name="RefreshedFor">The last demanded refresh that was done, where Redis does not keep that.</param>
internal sealed record SealedSession(
    string Id, SessionRecord Record, SessionTokens Tokens, long Version, DateTimeOffset SeenAt, DateTimeOffset SealedAt, bool CanRefresh,
    long RefreshedFor = 0)
{
    /// <param name="handle">What it was sealed into.</param>
    /// <param name="names">What publications of its end may call it, from its key.</param>
    public LiveSession Live(string handle, Func<string, SessionRecord, IReadOnlyList<string>> names) =>
        new(handle, Record, Tokens, Version, SeenAt, Id)
        {
            CanRefresh = CanRefresh,
            SealedAt = SealedAt,
            RefreshedFor = RefreshedFor,
            Names = names(SessionStore.KeyOf(Id), Record),
        };
}

[JsonSerializable(typeof(SealedSession))]
internal sealed partial class SealedJson : JsonSerializerContext;
