using System.Collections.Immutable;

namespace Aspire.Hosting.Run;

/// <summary>Something that a person is asked in the dashboard: to press a button, or to fill fields in.</summary>
internal sealed record Interaction(string Title, string Message, string PrimaryButton)
{
    public int Id { get; init; }

    /// <summary>None: a bar with a button.</summary>
    public ImmutableArray<InputField> Fields { get; init; } = [];

    public bool IsOpen { get; init; } = true;
}

/// <summary>A field, with what is in it and what is wrong with that.</summary>
internal sealed record InputField(string Name, string Label, InputKind Kind)
{
    public string Description { get; init; } = "";

    public bool Required { get; init; }

    public bool Disabled { get; init; }

    public string Value { get; init; } = "";

    public ImmutableArray<string> Errors { get; init; } = [];
}

internal enum InputKind
{
    Text,
    Secret,
    Boolean
}
