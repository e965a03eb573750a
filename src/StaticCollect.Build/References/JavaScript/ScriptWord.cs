namespace StaticCollect.Build.References.JavaScript;

/// <summary>What a word means for reading on.</summary>
internal enum ScriptWord : byte
{
    /// <summary>A name, a number, or a keyword that ends an expression as a name does (<c>this</c>).</summary>
    Name,

    /// <summary>An expression must follow: <c>return</c>, <c>typeof</c>, <c>case</c>.</summary>
    Operator,

    /// <summary>A statement may follow: <c>else</c>, <c>do</c>, <c>try</c>.</summary>
    Statement,

    /// <summary>The brackets behind it are no expression: <c>if</c>, <c>while</c>, <c>with</c>.</summary>
    Head,
    For,
    Of,
    Await,
    Async,
    Function,
    Class,
    Default,
    New,
    Import,
    Export,
}

/// <summary>Tells the keywords from the names.</summary>
internal static class ScriptWords
{
    public static ScriptWord Read(ReadOnlySpan<byte> word)
    {
        // The first letter and the length rule out nearly all names at once.
        if (word.Length is < 2 or > 10 || (uint)(word[0] - 'a') > 'y' - 'a')
        {
            return ScriptWord.Name;
        }

        return word[0] switch
        {
            (byte)'a' => word.SequenceEqual("await"u8) ? ScriptWord.Await : word.SequenceEqual("async"u8) ? ScriptWord.Async : ScriptWord.Name,
            (byte)'b' => Is(word, "break"u8, ScriptWord.Statement),
            (byte)'c' => word.SequenceEqual("const"u8) || word.SequenceEqual("case"u8) ? ScriptWord.Operator
                : word.SequenceEqual("class"u8) ? ScriptWord.Class
                : word.SequenceEqual("catch"u8) || word.SequenceEqual("continue"u8) ? ScriptWord.Statement : ScriptWord.Name,
            (byte)'d' => word.SequenceEqual("do"u8) || word.SequenceEqual("debugger"u8) ? ScriptWord.Statement
                : word.SequenceEqual("delete"u8) ? ScriptWord.Operator : Is(word, "default"u8, ScriptWord.Default),
            (byte)'e' => word.SequenceEqual("else"u8) ? ScriptWord.Statement
                : word.SequenceEqual("extends"u8) ? ScriptWord.Operator : Is(word, "export"u8, ScriptWord.Export),
            (byte)'f' => word.SequenceEqual("function"u8) ? ScriptWord.Function
                : word.SequenceEqual("for"u8) ? ScriptWord.For : Is(word, "finally"u8, ScriptWord.Statement),
            (byte)'i' => word.SequenceEqual("if"u8) ? ScriptWord.Head
                : word.SequenceEqual("in"u8) || word.SequenceEqual("instanceof"u8) ? ScriptWord.Operator : Is(word, "import"u8, ScriptWord.Import),
            (byte)'l' => Is(word, "let"u8, ScriptWord.Operator),
            (byte)'n' => Is(word, "new"u8, ScriptWord.New),
            (byte)'o' => Is(word, "of"u8, ScriptWord.Of),
            (byte)'r' => Is(word, "return"u8, ScriptWord.Operator),
            (byte)'t' => word.SequenceEqual("typeof"u8) || word.SequenceEqual("throw"u8) ? ScriptWord.Operator : Is(word, "try"u8, ScriptWord.Statement),
            (byte)'v' => word.SequenceEqual("var"u8) || word.SequenceEqual("void"u8) ? ScriptWord.Operator : ScriptWord.Name,
            (byte)'w' => word.SequenceEqual("while"u8) || word.SequenceEqual("with"u8) ? ScriptWord.Head : ScriptWord.Name,
            (byte)'y' => Is(word, "yield"u8, ScriptWord.Operator),
            _ => ScriptWord.Name,
        };
    }

    private static ScriptWord Is(ReadOnlySpan<byte> word, ReadOnlySpan<byte> keyword, ScriptWord meaning) =>
        word.SequenceEqual(keyword) ? meaning : ScriptWord.Name;
}
