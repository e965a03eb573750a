using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace StaticCollect.Build.Servers;

/// <summary>Azurite: Azure Blob Storage on this machine, from Microsoft.</summary>
public sealed class Azurite : LocalServer
{
    /// <summary>The account that it knows.</summary>
    public const string Account = "devstoreaccount1";

    /// <summary>The key of that, which is the same everywhere.</summary>
    public const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static readonly Lazy<Azurite> OfThisRun = new(() => new Azurite());

    private Azurite()
    {
        try
        {
            // It does not know the newest version that the SDK speaks, and what we ask is in all of them.
            Serve("node", Program, "--blobHost", "127.0.0.1", "--blobPort", $"{_port}", "--location", Folder, "--silent", "--disableTelemetry", "--skipApiVersionCheck");
            WaitFor(new Uri($"http://127.0.0.1:{_port}"));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    private readonly int _port = FreePort();

    /// <summary>The one of this test run, started when it is first asked for.</summary>
    public static Azurite Shared
    {
        get
        {
            Require(Program, "npm ci --prefix tests/azurite --ignore-scripts");
            return OfThisRun.Value;
        }
    }

    /// <summary>Where its account answers.</summary>
    public Uri Address => new($"http://127.0.0.1:{_port}/{Account}");

    /// <summary>How the environment tells of it.</summary>
    public string ConnectionString => $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};BlobEndpoint={Address};";

    private static string Program
    {
        get
        {
            var folder = TestContext.CurrentContext.TestDirectory;
            while (!File.Exists(Path.Combine(folder, "StaticCollect.Build.sln")))
                folder = Path.GetDirectoryName(folder)!;
            return Path.Combine(folder, "tests/azurite/node_modules/azurite/dist/src/blob/main.js");
        }
    }

    /// <summary>Makes a container.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="isPublic">Whether anybody may read what is in it.</param>
    public BlobContainerClient CreateContainer(string name, bool isPublic = false) =>
        new BlobServiceClient(ConnectionString).CreateBlobContainer(name, isPublic ? PublicAccessType.Blob : PublicAccessType.None).Value;

    /// <summary>Ends it, where it was started.</summary>
    public static void End()
    {
        if (OfThisRun.IsValueCreated)
            OfThisRun.Value.Dispose();
    }
}
