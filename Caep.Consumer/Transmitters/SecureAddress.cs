using System.Diagnostics.CodeAnalysis;

namespace Platform.Caep.Transmitters;

/// <summary>Where tokens and keys may travel: https, or http that does not leave this machine.</summary>
internal static class SecureAddress
{
    public static bool TryParse(string? text, [NotNullWhen(true)] out Uri? address) =>
        Uri.TryCreate(text, UriKind.Absolute, out address) &&
        (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));

    public static bool Is(string? text) => TryParse(text, out _);
}
