namespace Platform.IdP.Ciba;

/// <summary>How a client gets to know of the decision (CIBA Core section 5). Push is not offered: FAPI-CIBA forbids it.</summary>
internal static class CibaModes
{
    public const string Poll = "poll";
    public const string Ping = "ping";

    public static readonly string[] All = [Poll, Ping];
}
