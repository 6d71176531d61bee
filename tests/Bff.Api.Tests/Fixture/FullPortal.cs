namespace Platform.Bff.Tests.Fixture;

/// <summary>A portal with the settings that it has without being told: private_key_jwt, signed responses and DPoP.</summary>
public class FullPortal : Portal
{
    internal override Dictionary<string, string> Settings()
    {
        var settings = base.Settings();
        foreach (var setting in (string[])["Oidc:TokenAuthMethod", "Oidc:SignedResponse", "Oidc:DPoP"])
        {
            settings.Remove(setting);
        }

        settings["ReverseProxy:Routes:notes:ClusterId"] = "contacts-api";
        settings["ReverseProxy:Routes:notes:Match:Path"] = "/api/notes";
        settings["ReverseProxy:Routes:notes:Match:Methods:0"] = "POST";
        return settings;
    }
}
