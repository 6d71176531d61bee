using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Dashboard.Feed;

/// <summary>Takes the values of secret parameters out of texts: a connection string is worth showing, its password is not.</summary>
internal sealed class SecretMask(IReadOnlyList<string> secrets)
{
    private const string Shown = "●●●●●●";

    /// <summary>The mask for all secret parameters. A parameter has its value before anything starts.</summary>
    public static SecretMask Of(DistributedApplicationModel model) => new(
    [
        .. model.Resources.OfType<ParameterResource>()
            // A generated password is no resource of its own.
            .Concat(model.Resources.OfType<RedisResource>().Select(redis => redis.PasswordParameter).OfType<ParameterResource>())
            .Where(parameter => parameter.Secret)
            .Select(parameter => parameter.GetValueAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult())
            .OfType<string>().Where(value => value.Length > 0)
            // A secret that contains another one goes first.
            .OrderByDescending(value => value.Length)
    ]);

    public string Apply(string text)
    {
        foreach (var secret in secrets)
        {
            text = text.Replace(secret, Shown, StringComparison.Ordinal);
        }

        return text;
    }
}
