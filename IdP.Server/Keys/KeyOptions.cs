namespace Platform.IdP.Keys;

internal sealed class KeyOptions
{
    public const string Section = "Keys";

    /// <summary>Where the private keys are kept, relative to the content root.</summary>
    public string Folder { get; set; } = "keys";
}
