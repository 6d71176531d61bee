using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Resources;
using System.Text.RegularExpressions;
using Platform.IdP.Languages;

namespace Platform.IdP.Tests.Languages;

public sealed partial class TextsTests
{
    public static TheoryData<string> Features => [.. All.Keys];

    private static Dictionary<string, ResourceManager> All => typeof(Language).Assembly.GetTypes()
        .Select(type => (type.Name, Texts: type.GetProperty("ResourceManager", BindingFlags.Static | BindingFlags.NonPublic)))
        .Where(type => type.Texts?.PropertyType == typeof(ResourceManager))
        .ToDictionary(type => type.Name, type => (ResourceManager)type.Texts!.GetValue(null)!);

    [Fact]
    public void Every_feature_with_pages_has_texts() => Assert.Superset(
        new HashSet<string>(["InteractionTexts", "ConsentTexts", "AccountTexts", "PasskeyTexts", "DeviceTexts", "CibaTexts", "LogoutTexts"]),
        All.Keys.ToHashSet());

    [Theory]
    [MemberData(nameof(Features))]
    public void Every_text_is_there_in_every_language_with_the_same_places_for_values(string feature)
    {
        var texts = Read(feature, CultureInfo.InvariantCulture);
        Assert.NotEmpty(texts);
        foreach (var language in Language.All.Skip(1))
        {
            var translated = Read(feature, language);
            Assert.Equal(texts.Keys.Order(), translated.Keys.Order());
            Assert.All(texts, text => Assert.Equal(Places(text.Value), Places(translated[text.Key])));
            Assert.All(translated.Values, text => Assert.False(string.IsNullOrWhiteSpace(text)));
        }
    }

    // The languages after the first have files of their own; the first one's are for all.
    private static Dictionary<string, string> Read(string feature, CultureInfo language)
    {
        var set = All[feature].GetResourceSet(language, createIfNotExists: true, tryParents: false);
        Assert.NotNull(set);
        return set.Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!);
    }

    private static IEnumerable<string> Places(string text) => Place().Matches(text).Select(place => place.Value).Order();

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Place();
}
