using System.Collections;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace FormsFlow.Web.Hosting;

/// <summary>
/// The names of all settings, as the options classes have them. A name that nobody reads is a slip, and would be left out in silence:
/// <c>Mail:Smtp:Hots</c>. Each host says which classes it reads.
/// </summary>
public sealed class SettingNames
{
    /// <summary>Stands for the name of one of several things whose names are free: <c>FormsFlow:Forms:0:People:…</c>.</summary>
    public const string Any = "\u2026";

    readonly Node _root = new();

    /// <summary>Adds the settings of an options class: every property that can be set.</summary>
    /// <param name="section">Where the class is bound to. Several classes may share one.</param>
    public SettingNames With<T>(string section) where T : class
    {
        var node = _root;
        foreach (var part in section.Split(':')) node = node.Child(part);
        node.Describe(typeof(T));
        return this;
    }

    /// <summary>Every setting by its whole name; the first of a list stands for all, <see cref="Any"/> for a name that is free.</summary>
    public IEnumerable<string> All => _root.Leaves("");

    /// <param name="configuration">Of a file, or of an app that is FormsFlow's own: whoever put a setting there meant FormsFlow.</param>
    /// <returns>Names that nobody reads, and texts where a group of settings should be, in sentences. Never a value.</returns>
    public IReadOnlyList<string> Problems(IConfiguration configuration)
    {
        var problems = new List<string>();
        foreach (var section in configuration.GetChildren())
        {
            // Beside them there are others' settings, of which nothing is known; MAIL alone is a mailbox on many systems.
            if (_root.Children.TryGetValue(section.Key, out var node)) Look(section, node, problems, isTop: true);
            else if (section.GetChildren().FirstOrDefault() is { } within && _root.Children.FirstOrDefault(group => group.Value.Find(section.Key) is not null).Key is { } group)
                problems.Add($"{Line(within.Path)} is no setting; did you mean {group}:{Line(within.Path)}?");
            else if (section.GetChildren().FirstOrDefault() is { } child && Spelling.Nearest(section.Key, _root.Children.Keys) is { } meant)
                problems.Add($"{Line(child.Path)} is no setting; did you mean {meant}:{Line(child.Key)}?");
        }

        return problems;
    }

    /// <param name="environment">Of a machine, where other programs have variables, too: theirs must not keep FormsFlow from starting.</param>
    /// <returns>
    /// As of <see cref="Problems"/>, what is wrong below <paramref name="own"/>, which is nobody else's; and the doubts about what was
    /// most likely meant for FormsFlow.
    /// </returns>
    public (IReadOnlyList<string> Problems, IReadOnlyList<string> Doubts) Judge(IConfiguration environment, string own)
    {
        var (problems, doubts) = (new List<string>(), new List<string>());
        foreach (var section in environment.GetChildren())
            if (_root.Children.TryGetValue(section.Key, out var node)) Look(section, node, Same(section.Key, own) ? problems : doubts, isTop: true);
            else if (Spelling.Nearest(section.Key, [own]) is not null)
                doubts.AddRange(section.GetChildren().Where(child => _root.Children[own].Find(child.Key) is not null)
                    .Select(child => $"{Line(child.Path)} is no setting; did you mean {own}:{Line(child.Key)}?"));
        return (problems, doubts);

        static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
    }

    static void Look(IConfigurationSection section, Node node, List<string> problems, bool isTop = false)
    {
        if (!node.IsLeaf && !isTop && !string.IsNullOrEmpty(section.Value))
            problems.Add($"{Line(section.Path)} is a text; it should be a group of settings, such as {Line(section.Path)}:{node.Example}.");
        foreach (var child in section.GetChildren())
            if (node.Find(child.Key) is { } known) Look(child, known, problems);
            else if (node.IsDescribed || node.IsLeaf) problems.Add(Unknown(section, child, node));
    }

    static string Unknown(IConfigurationSection section, IConfigurationSection child, Node node)
    {
        if (node.IsLeaf) return $"{Line(child.Path)} is no setting; {Line(section.Path)} is one text.";
        var meant = Spelling.Nearest(child.Key, node.Children.Keys) is { } near ? $"did you mean {near}? Known here are" : "known here are";
        return $"{Line(child.Path)} is no setting; {meant} {string.Join(", ", node.Children.Keys)}.";
    }

    /// <summary>A message is one line.</summary>
    static string Line(string name) => new([.. name.Select(c => char.IsControl(c) ? ' ' : c)]);

    sealed class Node
    {
        public SortedDictionary<string, Node> Children { get; } = new(StringComparer.OrdinalIgnoreCase);

        /// <summary>What each thing of a list, or under a free name, looks like.</summary>
        Node? Each { get; set; }

        bool IsList { get; set; }

        /// <summary>Whether all that may be here is known; otherwise it is only the way to something.</summary>
        public bool IsDescribed { get; private set; }

        public bool IsLeaf => Each is null && Children.Count == 0;

        public string Example => Each is null ? Children.Keys.First() : IsList ? "0" : Any;

        public Node Child(string name)
        {
            if (!Children.TryGetValue(name, out var child)) Children[name] = child = new Node();
            return child;
        }

        public Node? Find(string name) => Each ?? Children.GetValueOrDefault(name);

        public void Describe(Type type)
        {
            IsDescribed = true;
            foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
                if (property.SetMethod is { IsPublic: true }) Child(property.Name).Hold(property.PropertyType);
        }

        void Hold(Type type)
        {
            if (IsOneText(type)) return;
            if (!typeof(IEnumerable).IsAssignableFrom(type))
            {
                Describe(type);
                return;
            }

            IsList = !typeof(IDictionary).IsAssignableFrom(type);
            Each = new Node();
            Each.Hold(type.GetGenericArguments()[^1]);
        }

        public IEnumerable<string> Leaves(string path) => IsLeaf
            ? [path]
            : Each is null
                ? Children.SelectMany(child => child.Value.Leaves(path.Length == 0 ? child.Key : $"{path}:{child.Key}"))
                : Each.Leaves($"{path}:{(IsList ? "0" : Any)}");

        static bool IsOneText(Type type) => type == typeof(string) || type == typeof(Uri) || type.IsValueType;
    }
}
