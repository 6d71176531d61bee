using static Platform.IdP.Tests.Fuzzing.FuzzSeeds;

namespace Platform.IdP.Tests.Fuzzing;

internal static class RegistrationSeeds
{
    private const string Path = "/register/registered";

    public static readonly FuzzSeed[] All =
    [
        new("POST /register", "", 201, async world => Post("/register").WithHeaders(("Authorization", await world.PermissionAsync())).WithJson(Metadata)),
        Managed("GET", 200, request => request),
        Managed("PUT", 200, request => request.WithJson(Metadata.Replace("\"force_replace\":true,", "", StringComparison.Ordinal))),
        Managed("DELETE", 204, request => request),
    ];

    private static FuzzSeed Managed(string method, int expected, Func<FuzzRequest, FuzzRequest> make) =>
        new($"{method} /register/{{clientId}}", "", expected, async world =>
            make(new FuzzRequest(method, Path).WithHeaders(("Authorization", await world.RegisteredAsync()))));
}
