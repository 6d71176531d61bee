namespace Platform.Bff.Defence;

/// <summary>Set as a feature of a request by an answer that is meant for a frame of our own pages.</summary>
internal sealed record OwnFrames;
