using System.Security.Cryptography;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Where a parameter's value comes from when nobody gives one.</summary>
public abstract class ParameterDefault
{
    public abstract string GetDefaultValue();
}

/// <summary>A random value.</summary>
public sealed class GenerateParameterDefault : ParameterDefault
{
    // Aspire's alphabets: special characters are those that need no escaping in URLs and connection strings.
    private static readonly (Func<GenerateParameterDefault, bool> Wanted, Func<GenerateParameterDefault, int> Least, string Letters)[] Alphabets =
    [
        (rule => rule.Lower, rule => rule.MinLower, "abcdefghjkmnpqrstuvwxyz"),
        (rule => rule.Upper, rule => rule.MinUpper, "ABCDEFGHJKMNPQRSTUVWXYZ"),
        (rule => rule.Numeric, rule => rule.MinNumeric, "0123456789"),
        (rule => rule.Special, rule => rule.MinSpecial, "-_.{}~()*+!"),
    ];

    public int MinLength { get; set; }

    public bool Lower { get; set; } = true;

    public bool Upper { get; set; } = true;

    public bool Numeric { get; set; } = true;

    public bool Special { get; set; } = true;

    public int MinLower { get; set; }

    public int MinUpper { get; set; }

    public int MinNumeric { get; set; }

    public int MinSpecial { get; set; }

    public override string GetDefaultValue()
    {
        var wanted = Alphabets.Where(alphabet => alphabet.Wanted(this)).ToList();
        var letters = wanted.SelectMany(alphabet => RandomNumberGenerator.GetItems<char>(alphabet.Letters, alphabet.Least(this))).ToList();
        var all = string.Concat(wanted.Select(alphabet => alphabet.Letters));
        if (all.Length == 0)
        {
            throw new InvalidOperationException("A generated parameter needs at least one kind of character.");
        }

        letters.AddRange(RandomNumberGenerator.GetItems<char>(all, Math.Max(0, MinLength - letters.Count)));
        var value = letters.ToArray();
        RandomNumberGenerator.Shuffle<char>(value);
        return new string(value);
    }
}
