using System.Globalization;
using Platform.Tokens.Jose;

namespace Platform.IdP.Keys;

/// <summary>
/// The text of a key's file: one line that says from when on the key signs, then the private key in PEM, encrypted
/// under <c>Keys:Secret</c>. RFC 7468 section 2 allows text before the PEM, so that other tools read the file too.
/// </summary>
internal static class KeyFile
{
    private const string ActiveFrom = "Active-From: ";
    private const string Moment = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    public static string Write(SigningKey key, DateTimeOffset activeFrom, string secret)
    {
        var pem = secret.Length == 0 ? key.ToPem() : key.ToEncryptedPem(secret);
        return $"{ActiveFrom}{activeFrom.UtcDateTime.ToString(Moment, CultureInfo.InvariantCulture)}\n{pem}\n";
    }

    /// <exception cref="FormatException">The file cannot be used; the message says why, and what to do.</exception>
    public static StoredKey Read(string text, KeyName name, string secret)
    {
        var line = text.AsSpan(0, Math.Max(text.IndexOf('\n', StringComparison.Ordinal), 0)).TrimEnd('\r');
        if (!line.StartsWith(ActiveFrom, StringComparison.Ordinal) ||
            !DateTimeOffset.TryParseExact(line[ActiveFrom.Length..], Moment, CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal, out var activeFrom))
        {
            throw new FormatException($"the first line is not '{ActiveFrom}' and a time in UTC: restore the file.");
        }

        return new StoredKey(name, Open(text, name.Algorithm, secret), activeFrom);
    }

    /// <exception cref="FormatException">The file cannot be used; the message says why, and what to do.</exception>
    public static SigningKey ReadPlain(string text, JwsAlgorithm algorithm)
    {
        try
        {
            return SigningKey.FromPem(text, algorithm);
        }
        catch (FormatException unusable)
        {
            throw new FormatException($"{unusable.Message} Restore the file, or remove it.");
        }
    }

    public static bool IsPlain(string text) => text.Contains("-----BEGIN PRIVATE KEY-----", StringComparison.Ordinal);

    private static SigningKey Open(string text, JwsAlgorithm algorithm, string secret)
    {
        switch (secret.Length == 0, IsPlain(text))
        {
            case (true, true):
                return ReadPlain(text, algorithm);
            case (false, true):
                throw new FormatException(
                    "the key is not encrypted although Keys:Secret is set: restart, which encrypts it, or remove the file.");
            case (true, false):
                throw new FormatException(
                    "the key is encrypted and Keys:Secret is not set: set it to the secret that the key was written with.");
        }

        try
        {
            return SigningKey.FromEncryptedPem(text, secret, algorithm);
        }
        catch (FormatException)
        {
            throw new FormatException("the key cannot be decrypted with Keys:Secret: set Keys:Secret to the value that the " +
                "key was written with, or restore the file if it is damaged.");
        }
    }
}
