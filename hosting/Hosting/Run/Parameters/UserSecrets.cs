using System.Reflection;
using Microsoft.Extensions.Configuration.UserSecrets;

namespace Aspire.Hosting.Run;

/// <summary>The developer's own settings of the AppHost, which <c>dotnet user-secrets</c> keeps outside of the repository.</summary>
internal sealed class UserSecrets(string? path)
{
    /// <summary>Whether the AppHost's project has a <c>UserSecretsId</c>.</summary>
    public bool Exist => path is not null;

    public static UserSecrets Of(Assembly? appHost) => new(appHost?.GetCustomAttribute<UserSecretsIdAttribute>() is { UserSecretsId: var id }
        ? PathHelper.GetSecretsPathFromSecretsId(id)
        : null);

    public void Set(string key, string value) => PrivateJson.Change(
        path ?? throw new InvalidOperationException("The AppHost has no user secrets."), values =>
        {
            values[key] = value;
            return true;
        });
}
