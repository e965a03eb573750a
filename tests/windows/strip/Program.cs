// strip FOLDER FRAMEWORK: takes the code for Linux out of the assemblies of an SDK. They hold it beside their IL, and the
// runtime for Windows refuses such a file in place of compiling the IL. FRAMEWORK has what they refer to.
using System.Buffers.Binary;
using System.Reflection.PortableExecutable;
using Mono.Cecil;

const ushort Amd64 = 0x8664;
const ushort MarkOfLinux = 0x7B79;

string folder = args[0], framework = args[1];
var count = 0;
Parallel.ForEach(Directory.GetFiles(folder, "*.dll", SearchOption.AllDirectories), path =>
{
    if (Strip(path))
        Interlocked.Increment(ref count);
});
Console.WriteLine($"{count} assemblies without native code");
return count > 0 ? 0 : 1;

bool Strip(string path)
{
    var bytes = File.ReadAllBytes(path);
    if (MachineAt(bytes) is not { } machine)
        return false;

    // Cecil knows no machines with marks.
    BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(machine), Amd64);
    using var resolver = new DefaultAssemblyResolver();
    foreach (var place in new[] { Path.GetDirectoryName(path)!, folder, Path.Combine(folder, "Roslyn", "bincore"), framework })
        resolver.AddSearchDirectory(place);
    using var module = ModuleDefinition.ReadModule(new MemoryStream(bytes), new ReaderParameters { AssemblyResolver = resolver });
    module.Attributes = ModuleAttributes.ILOnly;
    module.Architecture = TargetArchitecture.I386;
    using var written = new MemoryStream();
    module.Write(written);
    File.WriteAllBytes(path, written.ToArray());
    return true;
}

// Where the file names its machine, if that is Linux on x64.
static int? MachineAt(byte[] bytes)
{
    if (bytes is not [(byte)'M', (byte)'Z', ..])
        return null;
    using var reader = new PEReader(new MemoryStream(bytes));
    return (ushort)reader.PEHeaders.CoffHeader.Machine == (Amd64 ^ MarkOfLinux) ? reader.PEHeaders.CoffHeaderStartOffset : null;
}
