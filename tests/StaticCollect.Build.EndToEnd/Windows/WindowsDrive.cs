using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd.Windows;

/// <summary>A drive of its own, which is a folder; gone with the test.</summary>
internal sealed class WindowsDrive : IDisposable
{
    private readonly string _link = "";

    /// <summary>Makes folder and drive.</summary>
    public WindowsDrive(string folder)
    {
        Folder = Directory.CreateDirectory(folder).FullName;
        if (WindowsDotnet.IsWine)
        {
            Letter = "IJKLMNOPQRSTUVW".First(letter => !File.Exists(LinkOf(letter)) && !Directory.Exists(LinkOf(letter)));
            _link = LinkOf(Letter);
            Directory.CreateSymbolicLink(_link, Folder);
        }
        else
        {
            Letter = "IJKLMNOPQRSTUVW".First(letter => !Directory.Exists($@"{letter}:\"));
            Assert.That(Command.Run(Folder, "subst", [$"{Letter}:", Folder]).ExitCode, Is.Zero);
        }
    }

    /// <summary>The letter of the drive.</summary>
    public char Letter { get; }

    /// <summary>The folder that it is.</summary>
    public string Folder { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_link.Length > 0)
            File.Delete(_link);
        else
            Command.Run(Folder, "subst", [$"{Letter}:", "/d"]);
    }

    private static string LinkOf(char letter) => Path.Combine(WindowsDotnet.Prefix, "dosdevices", $"{char.ToLowerInvariant(letter)}:");
}

/// <summary>A share of a machine, which is a folder; gone with the test.</summary>
internal sealed class WindowsShare : IDisposable
{
    private readonly string _link = "";

    /// <summary>Makes folder and share.</summary>
    public WindowsShare(string folder)
    {
        Folder = Directory.CreateDirectory(folder).FullName;
        if (WindowsDotnet.IsWine)
        {
            // Wine looks for the shares of all machines in one folder.
            var machine = Path.Combine(WindowsDotnet.Prefix, "dosdevices", "unc", "machine");
            Directory.CreateDirectory(machine);
            var share = Path.GetFileName(Path.GetDirectoryName(Folder)!);
            _link = Path.Combine(machine, share);
            Directory.CreateSymbolicLink(_link, Folder);
            Name = $@"\\machine\{share}";
        }
        else
        {
            Name = $@"\\localhost\{Folder[0]}$\{Folder[3..]}";
            if (!Directory.Exists(Name))
                Machine.Lacks($"'{Name}' is not shared with this user.");
        }
    }

    /// <summary>The path of the share.</summary>
    public string Name { get; }

    /// <summary>The folder that it is.</summary>
    public string Folder { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_link.Length > 0)
            File.Delete(_link);
    }
}
