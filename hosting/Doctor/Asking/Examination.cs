using Platform.Doctor.Evidence;

namespace Platform.Doctor.Asking;

/// <summary>Asks everybody, and puts the answers together.</summary>
internal sealed class Examination(Target target, HttpClient http, TimeProvider clock)
{
    private readonly Questions _questions = new(http, clock);

    public async Task<CaseFile> RunAsync(CancellationToken cancellationToken)
    {
        var bff = new BffQuestions(_questions, target.Portal, target.DiagnosticsKey);
        var view = await bff.ViewAsync(cancellationToken);
        var bffKeys = await bff.KeysAsync(cancellationToken);
        var provider = view.Select(ProviderOf);
        var services = new List<ServiceHealth> { await HealthAsync(new("bff", target.Portal), cancellationToken) };

        var asked = provider is Answer<ProviderView>.Given { Value: var known } ? known : null;
        var issuer = target.Idp is { } named ? named.AbsoluteUri.TrimEnd('/') : asked?.Issuer;
        if (issuer is null)
        {
            const string Why = "Nobody knows which IdP to ask: the BFF could not say, and there is no --idp.";
            return new(view, provider, new Answer<Metadata>.Unasked(Why), bffKeys, new Answer<IReadOnlyList<PublishedKey>>.Unasked(Why),
                new Answer<IdpView>.Unasked(Why), new Answer<ClientLookup>.Unasked(Why),
                [.. services, .. await NamedAsync(cancellationToken)], _questions.Clocks);
        }

        var idp = new IdpQuestions(_questions, issuer, target.AdministratorSecret);
        var metadata = await idp.MetadataAsync(cancellationToken);
        var idpKeys = await idp.KeysAsync(metadata, cancellationToken);
        var idpView = await idp.ViewAsync(cancellationToken);
        var lookup = asked is null
            ? new Answer<ClientLookup>.Unasked($"Nobody knows which client to look for: {provider.WhyNot}")
            : await idp.ClientAsync(
                asked.ClientId, ((Answer<BffView>.Given)view).Value.Registration.Profile, cancellationToken);
        services.Add(await HealthAsync(new("idp", new Uri(issuer)), cancellationToken));
        services.AddRange(await NamedAsync(cancellationToken));
        return new(view, provider, metadata, bffKeys, idpKeys, idpView, lookup, services, _questions.Clocks);
    }

    /// <summary>The provider that the IdP is; where none has its issuer, the one of section Oidc is meant to be it.</summary>
    private ProviderView ProviderOf(BffView view) =>
        view.Providers.FirstOrDefault(provider => target.Idp is { } idp && provider.Issuer.TrimEnd('/') == idp.AbsoluteUri.TrimEnd('/'))
            ?? view.Providers.FirstOrDefault(provider => provider.Name.Length == 0) ?? view.Providers[0];

    private Task<ServiceHealth[]> NamedAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(target.Services.Select(service => HealthAsync(service, cancellationToken)));

    private async Task<ServiceHealth> HealthAsync(NamedAddress service, CancellationToken cancellationToken)
    {
        using var question = new HttpRequestMessage(HttpMethod.Get, new Uri(service.Address, "/health"));
        var answer = await _questions.AskAsync($"The service {service.Name}", question, body => body, _ => ("", ""), cancellationToken);
        return new(service.Name, service.Address, answer.WhyNot);
    }
}
