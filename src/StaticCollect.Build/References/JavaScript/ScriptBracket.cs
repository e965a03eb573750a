namespace StaticCollect.Build.References.JavaScript;

/// <summary>What the last token leaves behind: it decides what a slash or a brace means next.</summary>
internal enum After : byte
{
    None,

    /// <summary>A statement may start: a slash starts a regular expression, a brace a block.</summary>
    Statement,

    /// <summary>An operand must follow: a slash starts a regular expression, a brace an object.</summary>
    Operator,

    /// <summary>An expression has ended: a slash divides, a brace opens a body.</summary>
    Expression,

    /// <summary><c>=></c>: like an operator, but a brace opens a body.</summary>
    Arrow,

    /// <summary>The parameters of a function that is an expression: so is what its body closes.</summary>
    FunctionHead,

    /// <summary>A property access: the next word is a name, whatever it says.</summary>
    Dot,
}

/// <summary>An open bracket: <c>( [ {</c>, or a backtick for the <c>${</c> of a template.</summary>
internal struct ScriptBracket(byte sign, int start, After closes)
{
    public readonly byte Sign => sign;

    public readonly int Start => start;

    /// <summary>What its closing bracket leaves behind.</summary>
    public readonly After Closes => closes;

    /// <summary>An object literal, in which colons are followed by values.</summary>
    public bool IsObject { get; set; }

    /// <summary>The head of a <c>for</c>, in which "of" is an operator.</summary>
    public bool IsFor { get; set; }

    /// <summary>How many <c>?</c> still wait for their colon.</summary>
    public int Questions { get; set; }

    /// <summary>What the body of the class whose head is being read will leave behind; none where there is no such head.</summary>
    public After Class { get; set; }

    /// <summary>A colon: of a conditional or a property, before a value; or of a label or case, before a statement.</summary>
    public After TakeColon()
    {
        if (Questions > 0)
        {
            Questions--;
            return After.Operator;
        }

        return IsObject || Sign is not ((byte)'{' or 0) ? After.Operator : After.Statement;
    }
}
