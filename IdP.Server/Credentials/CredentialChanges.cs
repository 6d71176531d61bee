namespace Platform.IdP.Credentials;

/// <summary>Tells whoever registered for it that a person's credential has changed.</summary>
internal sealed class CredentialChanges(IEnumerable<CredentialChangeListener> listeners)
{
    public async Task RaiseAsync(CredentialChange change, CancellationToken cancellationToken)
    {
        foreach (var listener in listeners)
        {
            await listener.NotifyAsync(change, cancellationToken);
        }
    }
}

/// <summary>Hears of every change of a credential; registered by the feature that owns it.</summary>
internal sealed record CredentialChangeListener(Func<CredentialChange, CancellationToken, Task> NotifyAsync);

/// <param name="CredentialType">CAEP 1.0 section 3.3: password, app, fido2-roaming, fido2-platform …</param>
/// <param name="ChangeType">create, revoke, update or delete.</param>
internal sealed record CredentialChange(string Subject, string CredentialType, string ChangeType, string? FriendlyName = null);
