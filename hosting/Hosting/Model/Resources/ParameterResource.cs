namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value that comes from outside: configuration, a default, or a generator.</summary>
public class ParameterResource(string name, Func<ParameterDefault?, string> callback, bool secret = false)
    : Resource(name), IManifestExpressionProvider, IValueProvider
{
    private readonly Lock _lock = new();
    private string? _value;

    public bool Secret { get; } = secret;

    public ParameterDefault? Default { get; set; }

    public string? Description { get; set; }

    public bool EnableDescriptionMarkdown { get; set; }

    public bool IsConnectionString { get; set; }

    /// <summary>Where configuration has the value.</summary>
    internal string ConfigurationKey { get; init; } = $"Parameters:{name}";

    public string ValueExpression => IsConnectionString ? $"{{{Name}.connectionString}}" : $"{{{Name}.value}}";

    /// <summary>The value, or null while there is none: who shows it does not wait for it.</summary>
    internal string? KnownValue
    {
        get
        {
            if (Prompt is { } prompt)
            {
                return prompt.IsCompletedSuccessfully ? prompt.Result : null;
            }

            try
            {
                return Read();
            }
            catch (MissingParameterValueException)
            {
                return null;
            }
        }
    }

    /// <summary>A person is asked for the value: who needs it waits.</summary>
    internal Task<string>? Prompt { get; set; }

    public async ValueTask<string?> GetValueAsync(CancellationToken cancellationToken) =>
        Prompt is { } prompt ? await prompt.WaitAsync(cancellationToken) : Read();

    public ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken) => GetValueAsync(cancellationToken);

    private string Read()
    {
        lock (_lock)
        {
            return _value ??= callback(Default);
        }
    }
}
