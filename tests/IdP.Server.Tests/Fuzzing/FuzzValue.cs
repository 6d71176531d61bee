using System.Buffers.Text;
using System.Text;

namespace Platform.IdP.Tests.Fuzzing;

/// <summary>A value, and what is inside of it: JSON is changed as JSON, and a JWT is signed after it was changed.</summary>
internal abstract record FuzzValue
{
    public abstract string Text { get; }

    /// <summary>The JSON documents inside.</summary>
    public virtual IReadOnlyList<string> Inside => [];

    public virtual FuzzValue WithInside(int index, string json) => this;

    public static implicit operator FuzzValue(string text) => new Plain(text);

    public sealed record Plain(string Value) : FuzzValue
    {
        public override string Text => Value;

        /// <summary>A JWT of the server: what it says can be changed, though not its signature.</summary>
        public override IReadOnlyList<string> Inside => Value.Split('.') is [var header, var claims, _] &&
            Base64Url.IsValid(header) && Base64Url.IsValid(claims) && header.Length > 10 ? [Decode(header), Decode(claims)] : [];

        public override FuzzValue WithInside(int index, string json)
        {
            var parts = Value.Split('.');
            parts[index] = Encode(json);
            return new Plain(string.Join('.', parts));
        }
    }

    /// <summary>Written into a query or a form as it is.</summary>
    public sealed record Encoded(string Value) : FuzzValue
    {
        public override string Text => Value;
    }

    public sealed record Json(string Value) : FuzzValue
    {
        public override string Text => Value;

        public override IReadOnlyList<string> Inside => [Value];

        public override FuzzValue WithInside(int index, string json) => new Json(json);
    }

    /// <summary>A JWT of a client: the signature is right whatever it says.</summary>
    public sealed record Signed(FuzzKey Key, string Header, string Claims) : FuzzValue
    {
        public override string Text => Key.Sign(Encode(Header) + "." + Encode(Claims));

        public override IReadOnlyList<string> Inside => [Header, Claims];

        public override FuzzValue WithInside(int index, string json) =>
            index == 0 ? this with { Header = json } : this with { Claims = json };
    }

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

    private static string Decode(string part) => Encoding.UTF8.GetString(Base64Url.DecodeFromChars(part));
}
