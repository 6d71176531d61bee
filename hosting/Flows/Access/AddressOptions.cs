namespace Platform.Flows.Access;

/// <summary>Where `./platform flows` finds this service.</summary>
internal sealed class AddressOptions
{
    public const string Section = "Flows";

    /// <summary>The file that the address is written to; empty to write none.</summary>
    public string AddressFile { get; set; } = "";

    /// <summary>The address that people use.</summary>
    public string PublicUrl { get; set; } = "";
}
