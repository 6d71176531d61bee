namespace Platform.Tokens.Discovery;

/// <summary>The provider's metadata or keys cannot be had; the message says why in one sentence.</summary>
public sealed class ProviderUnavailableException : Exception
{
    /// <summary>Creates the exception.</summary>
    public ProviderUnavailableException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
