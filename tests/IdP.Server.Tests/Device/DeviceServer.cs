using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Device;

/// <summary>With two clients that are televisions.</summary>
public class DeviceServer : IdpServer
{
    internal const string Secret = "the-television-has-a-secret";

    internal override string MoreClients => """

          - client_id: tv
            client_name: A <b>television</b>
            token_endpoint_auth_method: client_secret_post
            client_secret: the-television-has-a-secret
            grant_types: [urn:ietf:params:oauth:grant-type:device_code]
            scope: openid profile contacts.read

          - client_id: radio
            token_endpoint_auth_method: client_secret_post
            client_secret: the-television-has-a-secret
            grant_types: [urn:ietf:params:oauth:grant-type:device_code]
            scope: contacts.read

        """;
}
