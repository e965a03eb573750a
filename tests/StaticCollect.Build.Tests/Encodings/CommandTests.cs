using System.Diagnostics;
using System.Text.RegularExpressions;
using StaticCollect.Build.Content;
using StaticCollect.Build.Encodings;
using static StaticCollect.Build.Tests.Encodings.CompressionFolder;

namespace StaticCollect.Build.Tests.Encodings;

/// <summary>The commands that everybody has are the judges of what we write.</summary>
internal sealed partial class CommandTests
{
    private static readonly int[] Lengths = [1, 300, 70_000, 262_144, 1_500_000];

    [Test]
    public void Gzip_accepts_and_restores_what_we_write([ValueSource(nameof(Lengths))] int length, [Values] CompressLevel level)
    {
        Need("gzip");
        Restores("gzip", ContentEncodings.Gzip, Text(length), level);
    }

    [Test]
    public void Brotli_accepts_and_restores_what_we_write([ValueSource(nameof(Lengths))] int length, [Values] CompressLevel level)
    {
        Need("brotli");
        Restores("brotli", ContentEncodings.Brotli, Text(length), level);
    }

    // Below quality 10 versions 1.0 and 1.1 of the encoder part from 1 MiB on.
    [TestCase(1, CompressLevel.Smallest)]
    [TestCase(1, CompressLevel.Balanced)]
    [TestCase(70_000, CompressLevel.Smallest)]
    [TestCase(70_000, CompressLevel.Balanced)]
    [TestCase(70_000, CompressLevel.Fastest)]
    [TestCase(262_144, CompressLevel.Smallest)]
    [TestCase(600_000, CompressLevel.Balanced)]
    [TestCase(600_000, CompressLevel.Fastest)]
    [TestCase(1_500_000, CompressLevel.Smallest)]
    public void Our_brotli_is_what_the_command_writes(int length, CompressLevel level)
    {
        Need("brotli");
        var version = Run("brotli", "--version").Text;
        if (!KnownEqual().IsMatch(version)) Assert.Ignore($"Equality is only known for brotli 1.0.x, this is {version.Trim()}.");
        using var folder = new CompressionFolder();
        var bytes = Text(length);
        var path = folder.Write("x.css", bytes);
        var parameters = Parameters().Match(ContentEncodings.Brotli.Parameters(level, length)).Groups;

        var theirs = Run("brotli", "-c", "-q", parameters[1].Value, "-w", parameters[2].Value, path).Bytes;

        Assert.That(Encode(ContentEncodings.Brotli, bytes, level), Is.EqualTo(theirs));
    }

    [TestCase("gzip", "gzip")]
    [TestCase("brotli", "br")]
    public void What_the_commands_write_is_a_good_precompressed_file(string command, string name)
    {
        Need(command);
        using var folder = new CompressionFolder();
        var bytes = Text(200_000);
        var encoding = ContentEncodings.Find(name)!;
        var path = folder.Write("x.css" + encoding.Suffix, Run(command, "-c", folder.Write("x.css", bytes)).Bytes);

        Assert.That(Precompressed.DecodesTo(encoding, path, Sha256.Of(bytes), bytes.Length), Is.True);
    }

    private static void Restores(string command, IContentEncoding encoding, byte[] bytes, CompressLevel level)
    {
        using var folder = new CompressionFolder();
        var path = folder.Write("x.css" + encoding.Suffix, Encode(encoding, bytes, level));
        Assert.That(Run(command, "-t", path).ExitCode, Is.Zero);
        Assert.That(Run(command, "-dc", path).Bytes, Is.EqualTo(bytes));
    }

    private static void Need(string command)
    {
        if ((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, OperatingSystem.IsWindows() ? command + ".exe" : command)))) return;
        var message = $"The command '{command}' is missing: install the package '{command}' of your system.";
        if (string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.Ordinal)) Assert.Fail(message);
        Assert.Ignore(message);
    }

    private static (int ExitCode, byte[] Bytes, string Text) Run(string command, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        using var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        return (process.ExitCode, output.ToArray(), System.Text.Encoding.UTF8.GetString(output.ToArray()));
    }

    [GeneratedRegex(@"1\.0\.\d+")]
    private static partial Regex KnownEqual();

    [GeneratedRegex(@"^q(\d+)w(\d+)$")]
    private static partial Regex Parameters();
}
