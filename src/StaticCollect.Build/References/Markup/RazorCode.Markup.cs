using System.Text;

namespace StaticCollect.Build.References.Markup;

/// <content>Markup that stands in code: where it ends, and which code stands in it.</content>
internal ref partial struct RazorCode
{
    /// <summary>Markup in code: an element to its end tag, or what stands for itself.</summary>
    private void Element()
    {
        if (++_nested > MostNested)
            GiveUp();
        var outside = _open.Count;
        while (SkipTo("<@"u8))
        {
            if (Now == '@')
                Transition();
            else if (Next is (byte)'!' or (byte)'?')
                Comment();
            else if (Next == '/')
                EndTag(outside);
            else if (IsLetter(Next))
                StartTag();
            else
                _at++;
            if (_open.Count == outside)
                break;
            if (_open.Count > outside + (MostNested * 4))
                GiveUp();
        }

        _open.RemoveRange(outside, _open.Count - outside);
        _nested--;
    }

    private void StartTag()
    {
        _at++;
        var name = TagName();
        var mayBeQuote = false;
        while (!IsAtEnd && Now != '>')
        {
            var sign = Now;
            if (sign == '@')
            {
                Transition();
                mayBeQuote = false;
            }
            else if (mayBeQuote && sign is (byte)'"' or (byte)'\'')
            {
                for (_at++; SkipTo(sign, (byte)'@') && Now == '@';)
                    Transition();
                _at++;
                mayBeQuote = false;
            }
            else
            {
                mayBeQuote = sign == '=' || (mayBeQuote && IsBlank(sign));
                _at++;
            }
        }

        var isEmpty = this[_at - 1] == '/';
        _at++;
        if (isEmpty || name is "area" or "base" or "br" or "col" or "embed" or "hr" or "img" or "input" or "link" or "meta" or "param" or "source" or "track" or "wbr")
            return;
        _open.Add(name);
        if (name is not ("script" or "style" or "textarea" or "title"))
            return;
        while (SkipTo("<@"u8))
        {
            var start = _at;
            if (Now == '@')
            {
                Transition();
                continue;
            }

            _at += 2;
            if (this[start + 1] == '/' && TagName() == name)
            {
                _at = start;
                return;
            }

            _at = start + 1;
        }
    }

    private void EndTag(int outside)
    {
        _at += 2;
        var name = TagName();
        SkipBehind(">"u8, 0);
        if (_open.LastIndexOf(name) is var at && at >= outside)
            _open.RemoveRange(at, _open.Count - at);
    }

    private void Comment()
    {
        if (!_text[_at..].StartsWith("<!--"u8))
        {
            SkipBehind(">"u8, 0);
            return;
        }

        for (_at += 4; SkipTo("-@"u8);)
        {
            if (Now == '@')
            {
                Transition();
            }
            else if (_text[_at..].StartsWith("-->"u8))
            {
                _at += 3;
                return;
            }
            else
            {
                _at++;
            }
        }
    }

    /// <summary>Markup to the end of the line.</summary>
    private void Line()
    {
        while (SkipTo("\n@"u8) && Now == '@')
            Transition();
    }

    private string TagName()
    {
        var start = _at = Within(_at);
        while (!IsAtEnd && !IsBlank(Now) && Now is not ((byte)'/' or (byte)'>' or (byte)'@' or (byte)'<'))
            _at++;
        return Encoding.Latin1.GetString(_text[start.._at]).ToLowerInvariant();
    }
}
