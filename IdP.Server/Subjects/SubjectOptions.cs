namespace Platform.IdP.Subjects;

/// <summary>How people are named to clients, section <c>Idp</c>.</summary>
internal sealed class SubjectOptions
{
    public const string Section = "Idp";
    public const int ShortestSalt = 32;

    /// <summary>
    /// A secret, random text: pairwise subject identifiers are made with it. Another one makes every person a stranger to
    /// the clients that have pairwise identifiers.
    /// </summary>
    public string? PairwiseSalt { get; set; }
}
