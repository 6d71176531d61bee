using Platform.Doctor.Asking;

namespace Platform.Doctor.CommandLine;

/// <summary>What the command line says.</summary>
internal abstract record Arguments
{
    public static readonly Uri UsualPortal = new("https://localhost:7000");

    public sealed record Help : Arguments;

    public sealed record Wrong(string Reason) : Arguments;

    public sealed record Examine(Uri Portal, Uri? Idp, IReadOnlyList<NamedAddress> Services, string? ParametersFile, bool AsJson) : Arguments;

    public static Arguments Read(IReadOnlyList<string> arguments)
    {
        var (portal, idp, file, asJson) = (UsualPortal, (Uri?)null, (string?)null, false);
        var services = new List<NamedAddress>();
        for (var next = 0; next < arguments.Count; next++)
        {
            var name = arguments[next];
            if (name is "--help" or "-h")
                return new Help();
            if (name is "--json")
            {
                asJson = true;
                continue;
            }

            if (name is not ("--portal" or "--idp" or "--service" or "--parameters"))
                return new Wrong($"'{name}' is no option.");
            if (++next == arguments.Count)
                return new Wrong($"{name} needs a value.");

            var value = arguments[next];
            switch (name)
            {
                case "--parameters":
                    file = value;
                    break;
                case "--service" when value.Split('=', 2) is [{ Length: > 0 } service, var text] && Address(text) is { } address:
                    services.Add(new(service, address));
                    break;
                case "--service":
                    return new Wrong($"--service is NAME=URL, not '{value}'.");
                default:
                    if (Address(value) is not { } origin)
                        return new Wrong($"{name} is an https address, or http on this machine, not '{value}'.");
                    (portal, idp) = name is "--portal" ? (origin, idp) : (portal, origin);
                    break;
            }
        }

        return new Examine(portal, idp, services, file, asJson);
    }

    private static Uri? Address(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.UserInfo.Length == 0 &&
        (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            ? address
            : null;
}
