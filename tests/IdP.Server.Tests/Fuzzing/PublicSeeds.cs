using static Platform.IdP.Tests.Fuzzing.FuzzSeeds;

namespace Platform.IdP.Tests.Fuzzing;

internal static class PublicSeeds
{
    public static readonly FuzzSeed[] All =
    [
        Plain("/health"), Plain("/alive"), Plain("/jwks"),
        Plain("/.well-known/openid-configuration"), Plain("/.well-known/oauth-authorization-server"),
    ];

    private static FuzzSeed Plain(string path) => new($"GET {path}", "", 200, _ => Task.FromResult(Get(path)
        .WithHeaders(("Accept", "application/json"), ("Origin", "https://all.test"))));
}
