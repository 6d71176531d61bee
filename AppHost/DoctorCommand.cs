using Platform.Doctor;
using Platform.Doctor.Asking;
using Platform.Doctor.Reports;

namespace Platform.AppHost;

/// <summary>The command <c>doctor</c> of the BFF: what <c>./platform doctor</c> prints, in the dashboard.</summary>
internal static class DoctorCommand
{
    public const string Name = "doctor";

    /// <param name="key">The BFF's <c>Bff:Diagnostics:Key</c>.</param>
    /// <param name="secret">The secret of <c>admin-cli</c>.</param>
    /// <param name="others">The services that are only asked for their health.</param>
    public static IResourceBuilder<ProjectResource> WithDoctor(
        this IResourceBuilder<ProjectResource> bff, IResourceBuilder<ParameterResource> key, IResourceBuilder<ParameterResource> secret,
        IResourceBuilder<ProjectResource> idp, params IResourceBuilder<ProjectResource>[] others)
    {
        return bff.WithCommand(Name, "Doctor", ExamineAsync, new CommandOptions
        {
            Description = "Compares what BFF and IdP have with each other: redirect URIs, keys, scopes, clocks and the rest.",
            IconName = "Stethoscope",
        });

        async Task<ExecuteCommandResult> ExamineAsync(ExecuteCommandContext context)
        {
            var report = await PlatformDoctor.ExamineAsync(
                new Target(
                    new Uri(bff.GetPublicEndpoint().Url),
                    new Uri(idp.GetPublicEndpoint().Url),
                    [.. others.Select(other => new NamedAddress(other.Resource.Name, new Uri(other.GetEndpoint("http").Url)))],
                    await CredentialAsync(key, context.CancellationToken),
                    await CredentialAsync(secret, context.CancellationToken)),
                TimeProvider.System,
                context.CancellationToken);
            var answer = new CommandResultData
            {
                Value = MarkdownReport.Write(report),
                Format = CommandResultFormat.Markdown,
                DisplayImmediately = true,
            };
            return report.ExitCode == 0 ? CommandResults.Success(report.Summary, answer) : CommandResults.Failure(report.Summary, answer);
        }
    }

    private static async Task<Credential?> CredentialAsync(
        IResourceBuilder<ParameterResource> parameter, CancellationToken cancellationToken) =>
        await parameter.Resource.GetValueAsync(cancellationToken) is { Length: > 0 } value
            ? new Credential(value, $"the parameter {parameter.Resource.Name}")
            : null;
}
