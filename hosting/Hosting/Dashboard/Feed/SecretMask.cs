using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Dashboard.Feed;

/// <summary>Takes the values of secret parameters out of texts: a connection string is worth showing, its password is not.</summary>
internal sealed class SecretMask(IReadOnlyList<ParameterResource> secrets)
{
    private const string Shown = "●●●●●●";

    /// <summary>The mask for all secret parameters, those too that get their value later.</summary>
    public static SecretMask Of(DistributedApplicationModel model) => new(
    [
        .. model.Resources.OfType<ParameterResource>()
            // A generated password is no resource of its own.
            .Concat(model.Resources.OfType<RedisResource>().Select(redis => redis.PasswordParameter).OfType<ParameterResource>())
            .Where(parameter => parameter.Secret)
    ]);

    public string Apply(string text)
    {
        // A secret that contains another one goes first.
        foreach (var secret in secrets.Select(parameter => parameter.KnownValue).OfType<string>()
            .Where(value => value.Length > 0 && text.Contains(value, StringComparison.Ordinal)).OrderByDescending(value => value.Length))
        {
            text = text.Replace(secret, Shown, StringComparison.Ordinal);
        }

        return text;
    }
}
