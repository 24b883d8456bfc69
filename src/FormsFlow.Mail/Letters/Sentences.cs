using System.Collections.Immutable;

namespace FormsFlow.Mail.Letters;

/// <summary>A paragraph as its sentences, so that a list can be made of it.</summary>
static class Sentences
{
    /// <summary>More than these are no paragraph that a person wrote; what is left stays in the last one.</summary>
    const int Most = 12;

    /// <summary>Ends at a line, or at a full stop before a capital letter; what stands in brackets is somebody else's words and stays together.</summary>
    public static ImmutableArray<string> Of(string text)
    {
        var sentences = ImmutableArray.CreateBuilder<string>();
        var (begin, depth) = (0, 0);
        for (var i = 0; i < text.Length && sentences.Count < Most - 1; i++)
        {
            if (text[i] is '(') depth++;
            else if (text[i] is ')') depth = Math.Max(0, depth - 1);
            else if (text[i] is '\n' || (depth == 0 && IsEnd(text, i)))
            {
                Add(text[begin..(i + 1)]);
                begin = i + 1;
            }
        }

        Add(text[begin..]);
        return sentences.ToImmutable();

        void Add(string sentence)
        {
            if (!string.IsNullOrWhiteSpace(sentence)) sentences.Add(sentence.Trim());
        }
    }

    static bool IsEnd(string text, int i) => text[i] is '.' or '!' or '?' && i + 2 < text.Length && text[i + 1] is ' ' && char.IsUpper(text[i + 2]);
}
