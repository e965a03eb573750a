using System.Diagnostics;
using System.Globalization;
using System.Text;
using StaticCollect.Build.References;
using StaticCollect.Build.Tests.References;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests.Fuzzing;

/// <summary>
/// Whatever lies in a file that others wrote, or that broke: its reader keeps its promises. Seeds and their changes are the same in each
/// run. <c>STATICCOLLECT_FUZZ</c> multiplies how many there are, <c>STATICCOLLECT_FUZZ_SEED</c> makes others of them.
/// </summary>
[Platform(Exclude = "Win", Reason = "Bytes are bytes: what they do to a reader is seen elsewhere.")]
public sealed class FuzzTests
{
    private const int Usually = 2000;
    private const int MostFaults = 10;

    // An input is read in far less memory, and what it says cannot ask for more.
    private const long BytesAtLeast = 2 << 20;
    private const long BytesForEach = 2000;

    [TestCaseSource(typeof(FuzzedReaders), nameof(FuzzedReaders.Names))]
    public void Whatever_it_is_given_a_reader_keeps_its_promises(string name)
    {
        using var tree = new TempTree("/dev/shm");
        var reader = FuzzedReaders.Open(name, tree);
        var (factor, seed) = (Number("STATICCOLLECT_FUZZ", 1), Number("STATICCOLLECT_FUZZ_SEED", 1));
        var mutations = new Mutations(seed, [.. reader.Seeds, .. Found(name).Select(File.ReadAllBytes), .. factor > 1 ? Installed(name) : []], reader.Words);
        var outcomes = new HashSet<string>(StringComparer.Ordinal);
        var faults = new Dictionary<string, string>(StringComparer.Ordinal);
        byte[] input = [];
        using var watch = new Timer(_ => TestContext.Progress.WriteLine($"'{name}' of seed {seed} reads, for a minute or more now perhaps: {Convert.ToBase64String(input)}"));
        var count = Usually * factor;
        for (var i = 0; i < count && faults.Count < MostFaults; i++)
        {
            // A reader that hangs hangs the run; this tells over what.
            if (i % 256 == 0)
                watch.Change(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
            input = mutations.Next();
            if (Fault(reader, input, out var outcome) is not { } fault)
            {
                if (outcomes.Add(outcome))
                    mutations.Keep(input);
            }
            else if (!faults.ContainsKey(fault.Key))
            {
                var least = Shrunk(reader, input, fault.Key);
                faults.Add(fault.Key, $"Input {i} of seed {seed}: {fault.What}\n  printf {Convert.ToBase64String(least)} | base64 -d >tests/StaticCollect.Build.Tests/Fuzzing/Fixtures/{name}/what-it-is\n  {Shown(least)}");
            }
        }

        TestContext.Out.WriteLine($"{name}: {count} inputs of seed {seed}, {outcomes.Count} outcomes");
        Assert.That(faults.Values, Is.Empty, () => string.Join('\n', faults.Values));
    }

    [TestCaseSource(nameof(AllFound))]
    public void What_once_broke_a_reader_does_so_no_more(string name, string file)
    {
        using var tree = new TempTree("/dev/shm");
        Assert.That(Fault(FuzzedReaders.Open(name, tree), File.ReadAllBytes(Path.Combine(Fixtures(name), file)), out _)?.What, Is.Null);
    }

    [Test]
    public void Every_folder_of_findings_is_that_of_a_reader() =>
        Assert.That(Directory.GetDirectories(Fixtures("")).Select(Path.GetFileName), Is.SubsetOf(FuzzedReaders.Names));

    private static IEnumerable<TestCaseData<string, string>> AllFound =>
        FuzzedReaders.Names.SelectMany(name => Found(name).Select(path => new TestCaseData<string, string>(name, Path.GetFileName(path))));

    private static IEnumerable<string> Found(string name) =>
        Directory.Exists(Fixtures(name)) ? Directory.EnumerateFiles(Fixtures(name)).Order(StringComparer.Ordinal) : [];

    /// <summary>Real files, where those packages are installed that the references are compared on.</summary>
    private static IEnumerable<byte[]> Installed(string name)
    {
        var folder = Path.Combine(FuzzedReaders.Repository, "tests", "oracles", "node_modules");
        return Directory.Exists(folder) && Path.HasExtension(name)
            ? Directory.EnumerateFiles(folder, "*" + Path.GetExtension(name), SearchOption.AllDirectories).Where(path => new FileInfo(path).Length <= 8192).Order(StringComparer.Ordinal).Take(300).Select(File.ReadAllBytes)
            : [];
    }

    private static string Fixtures(string name) => Path.Combine(FuzzedReaders.Repository, "tests", "StaticCollect.Build.Tests", "Fuzzing", "Fixtures", name);

    private static (string Key, string What)? Fault(FuzzedReader reader, byte[] input, out string outcome)
    {
        outcome = "";
        try
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            outcome = reader.Read(input);
            var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            ReferenceLaws.Must(bytes <= BytesAtLeast + (BytesForEach * input.Length), $"an input of {input.Length} bytes is read in little memory, not in {bytes >> 10} KB");
            return null;
        }
        catch (Exception e)
        {
            var place = new StackTrace(e).GetFrames().Select(frame => frame.GetMethod()).FirstOrDefault(method => method?.DeclaringType?.Assembly == typeof(FileText).Assembly);
            return (e is BrokenLawException ? new string([.. e.Message.Where(unit => !char.IsAsciiDigit(unit))]) : $"{e.GetType().Name} {place?.DeclaringType?.Name}.{place?.Name}", e.ToString());
        }
    }

    /// <summary>The input without what the fault does not need.</summary>
    private static byte[] Shrunk(FuzzedReader reader, byte[] input, string key)
    {
        for (var size = input.Length / 2; size > 0; size = size == 1 ? 0 : size / 2)
        {
            for (var at = 0; at + size <= input.Length;)
            {
                byte[] less = [.. input.AsSpan(..at), .. input.AsSpan((at + size)..)];
                if (Fault(reader, less, out _) is { } fault && fault.Key == key)
                    input = less;
                else
                    at += size;
            }
        }

        return input;
    }

    private static string Shown(byte[] input) => string.Concat(Encoding.Latin1.GetString(input).Select(unit => unit is >= ' ' and <= '~' ? unit.ToString() : $"\\x{(int)unit:x2}"));

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Max(1, number) : otherwise;
}
