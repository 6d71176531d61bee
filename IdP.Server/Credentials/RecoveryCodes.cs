using System.Security.Cryptography;

namespace Platform.IdP.Credentials;

/// <summary>Codes that stand in for a second factor that was lost: 80 random bits each, kept as hashes, good for one use.</summary>
internal static class RecoveryCodes
{
    private const int Count = 10;
    private const int Length = 16;

    public static IReadOnlyList<string> New() => [.. Enumerable.Range(0, Count).Select(_ =>
        string.Join('-', Base32.Encode(RandomNumberGenerator.GetBytes(Length * 5 / 8)).Chunk(4).Select(part => new string(part))))];

    public static string Hash(string code) => Handle.Hash(Normal(code));

    /// <summary>Whether it may be one, rather than a code of an app.</summary>
    public static bool IsPlausible(string code) => Normal(code).Length == Length;

    private static string Normal(string code) =>
        string.Concat(code.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
}
