using System.Net.Http.Headers;

namespace Platform.Testing.Secrets;

/// <summary>Learns the secrets of all that a test sends and gets.</summary>
public sealed class SecretsHandler(KnownSecrets secrets, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        LearnAddress(request.RequestUri?.OriginalString);
        LearnHeaders(request.Headers);
        await LearnContentAsync(request.Content, cancellationToken);

        var response = await base.SendAsync(request, cancellationToken);
        LearnAddress(response.Headers.Location?.OriginalString);
        LearnHeaders(response.Headers);
        await LearnContentAsync(response.Content, cancellationToken);
        return response;
    }

    private void LearnAddress(string? address)
    {
        if (address?.Split('?', '#') is [_, var query, ..])
        {
            secrets.AddFields(query);
        }
    }

    private void LearnHeaders(HttpHeaders headers)
    {
        foreach (var (name, values) in headers.NonValidated)
        {
            foreach (var value in values)
            {
                switch (name)
                {
                    case "Authorization":
                        secrets.AddAuthorization(value);
                        break;
                    case "DPoP":
                        secrets.Add(value);
                        break;
                    case "Cookie" or "Set-Cookie":
                        secrets.AddCookie(value);
                        break;
                }
            }
        }
    }

    // Streams that do not end are left alone.
    private async Task LearnContentAsync(HttpContent? content, CancellationToken cancellationToken)
    {
        switch (content?.Headers.ContentType?.MediaType)
        {
            case "application/x-www-form-urlencoded":
                secrets.AddFields(await content.ReadAsStringAsync(cancellationToken));
                break;
            case "application/json":
                secrets.AddMembers(await content.ReadAsStringAsync(cancellationToken));
                break;
            case "text/html":
                secrets.AddInputs(await content.ReadAsStringAsync(cancellationToken));
                break;
        }
    }
}
