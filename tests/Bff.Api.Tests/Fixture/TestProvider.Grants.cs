using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Platform.Tokens.AuthorizationGrants;
using Platform.Tokens.Jose;

namespace Platform.Bff.Tests.Fixture;

/// <summary>The grants beside that of the sign-in: refresh, token exchange, client credentials and JWT bearer.</summary>
internal sealed partial class TestProvider
{
    /// <summary>What each of the last three waits for before it is answered.</summary>
    public Task GrantGate { get; set; } = Task.CompletedTask;

    /// <summary>How often a grant was asked for.</summary>
    public int CountOf(string grantType) => Forms.Count(asked => asked.Form.GetValueOrDefault("grant_type") == grantType);

    // Rotation without grace: a second use of a refresh token ends nothing here, but is refused.
    private async Task<IResult> RefreshAsync(Dictionary<string, string> form)
    {
        Interlocked.Increment(ref _refreshesBegun);
        await RefreshGate;
        if (!_refreshTokens.TryRemove(form["refresh_token"], out _))
        {
            return Error(400, "invalid_grant");
        }

        var audience = form.GetValueOrDefault("audience", "none");
        var response = new JsonObject
        {
            ["access_token"] = $"access-for-{audience}-{Guid.NewGuid()}",
            ["token_type"] = form.ContainsKey(ProvedKey) ? "DPoP" : "Bearer",
            ["expires_in"] = 300,
        };
        AddRefreshToken(response);
        TokenResponse(response);
        Issued.Enqueue((string)response["access_token"]!);
        return Results.Json(response);
    }

    /// <summary>The ID token that comes with a refresh (OpenID Connect Core section 12.2), for <see cref="TokenResponse"/>.</summary>
    public string RefreshedIdToken(string accessToken)
    {
        var idToken = SignIdToken(nonce: "", accessToken);
        Issued.Enqueue(idToken);
        return idToken;
    }

    private void AddRefreshToken(JsonObject response)
    {
        if (Refreshes)
        {
            var token = $"refresh-{Guid.NewGuid()}";
            _refreshTokens[token] = token;
            Issued.Enqueue(token);
            response["refresh_token"] = token;
        }
    }

    // The token says whose it is, so that a test sees whether it reaches the right call.
    private async Task<IResult> GrantAsync(Dictionary<string, string> form)
    {
        await GrantGate;
        var about = form["grant_type"] switch
        {
            "client_credentials" => "client",
            "urn:ietf:params:oauth:grant-type:token-exchange" when Issued.Contains(form["subject_token"]) &&
                form["subject_token_type"] == "urn:ietf:params:oauth:token-type:access_token" => form["subject_token"],
            "urn:ietf:params:oauth:grant-type:jwt-bearer" => await AboutOfAsync(form["assertion"]),
            _ => null,
        };
        if (about is null)
        {
            return Error(400, "invalid_request");
        }

        var response = new JsonObject
        {
            ["access_token"] = $"{about}-to-{form.GetValueOrDefault("audience", "none")}-{Guid.NewGuid()}",
            ["token_type"] = form.ContainsKey(ProvedKey) ? "DPoP" : "Bearer",
            ["expires_in"] = 300,
        };
        TokenResponse(response);
        Issued.Enqueue((string)response["access_token"]!);
        return Results.Json(response);
    }

    private async Task<string?> AboutOfAsync(string assertion)
    {
        if (Issued.Contains(assertion))
        {
            return "id-token";
        }

        var keys = JsonWebKeySet.Parse(Encoding.UTF8.GetBytes(await ClientKeys()));
        return AuthorizationGrantValidator.Check(assertion, keys, new(Portal.Origin, Issuer), _clock.GetUtcNow())
            is AuthorizationGrantCheck.Valid valid ? valid.Claims.GetProperty("sub").GetString() : null;
    }
}
