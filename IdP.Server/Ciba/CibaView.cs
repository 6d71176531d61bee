namespace Platform.IdP.Ciba;

/// <summary>What waits for a person's decision; public, because generated components are.</summary>
public sealed record CibaView(string FormToken, IReadOnlyList<CibaRequestView> Requests)
{
    public string? Message { get; init; }

    public string? Done { get; init; }
}

/// <param name="Id">Names the request to its own user alone.</param>
public sealed record CibaRequestView(string Id, string ClientName, string? BindingMessage, AccessView Access);
