using Platform.Doctor.Asking;
using Platform.Doctor.Checks;
using Platform.Doctor.Reports;

namespace Platform.Doctor;

/// <summary>Compares what the services say of themselves with each other, and with what is really served.</summary>
public static class PlatformDoctor
{
    /// <summary>Asks the services and makes every check. A service that does not answer is a finding and no exception.</summary>
    public static async Task<Report> ExamineAsync(Target target, TimeProvider clock, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(clock);
        using var handler = new SocketsHttpHandler
        {
            // A redirect could take a secret elsewhere.
            AllowAutoRedirect = false,
            UseCookies = false,
            SslOptions = { RemoteCertificateValidationCallback = DevelopmentCertificate.Accept },
        };
        using var http = new HttpClient(handler);
        var at = clock.GetUtcNow();
        var evidence = await new Examination(target, http, clock).RunAsync(cancellationToken);
        return new Report(at, Asked(target), [.. AllChecks.InOrder.Select(check => check.Run(evidence))]);
    }

    private static IReadOnlyList<string> Asked(Target target) =>
    [
        $"BFF: {target.Portal} with {(target.DiagnosticsKey is { } key ? $"the key from {key.Source}" : "no key")}",
        $"IdP: {target.Idp?.ToString() ?? "the one that the BFF names"} with " +
            (target.AdministratorSecret is { } secret ? $"the secret of {IdpQuestions.Administrator} from {secret.Source}" : "no secret"),
        .. target.Services.Select(service => $"{service.Name}: {service.Address}"),
    ];
}
