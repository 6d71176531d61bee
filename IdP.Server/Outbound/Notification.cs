namespace Platform.IdP.Outbound;

/// <summary>What a client is to be told at an address of its own.</summary>
/// <param name="Id">Names it in the queue; no secret.</param>
internal abstract record Notification(string Id, string ClientId)
{
    /// <summary>How many attempts failed so far.</summary>
    public int Failures { get; init; }
}
