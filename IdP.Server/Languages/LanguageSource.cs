namespace Platform.IdP.Languages;

/// <summary>
/// Where a feature keeps the <c>ui_locales</c> of what waits for a person, by the id that its pages carry as <c>request</c>.
/// </summary>
internal sealed record LanguageSource(Func<IServiceProvider, string, Task<string?>> FindAsync);
