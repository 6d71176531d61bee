using System.Globalization;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.Primitives;

namespace Platform.IdP.Languages;

/// <summary>
/// The languages of the pages. The texts stand in <c>*Texts.resx</c> in the folder of their feature, and in
/// <c>*Texts.de.resx</c> beside it; a class with a member for each text is made of the former by the build.
/// </summary>
internal static class Language
{
    /// <summary>The first is for whoever asks for none of them.</summary>
    public static readonly IReadOnlyList<CultureInfo> All = [CultureInfo.GetCultureInfo("en"), CultureInfo.GetCultureInfo("de")];

    /// <summary>
    /// RFC 4647 section 3.4: a range that has no texts of its own is served by those of its language. The framework would look
    /// for the parent of a culture, which takes data that are not there (InvariantGlobalization).
    /// </summary>
    public static ProviderCultureResult Ranges(IEnumerable<StringSegment> ranges) => new(
        [.. ranges.SelectMany(range => range.IndexOf('-') is var at and > 0 ? [range, range.Subsegment(0, at)] : (StringSegment[])[range])]);

    extension(string text)
    {
        /// <summary>The text with the values in their places.</summary>
        public string With(params object?[] values) => string.Format(CultureInfo.InvariantCulture, text, values);
    }
}
