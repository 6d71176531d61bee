using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Platform.ServiceDefaults.KeyRing;

/// <summary>Named in every sealed key; data protection creates it with the services.</summary>
internal sealed class SecretXmlDecryptor(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement) => new SecretXmlEncryptor(
        services.GetRequiredService<IOptions<KeyRingOptions>>().Value.Secret,
        services.GetRequiredService<IOptions<DataProtectionOptions>>().Value.ApplicationDiscriminator!).Decrypt(encryptedElement);
}
