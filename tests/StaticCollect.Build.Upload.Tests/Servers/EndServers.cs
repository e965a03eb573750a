using StaticCollect.Build.Servers;

namespace StaticCollect.Build.Upload.Tests.Servers;

/// <summary>Ends the servers of this test run.</summary>
[SetUpFixture]
public sealed class EndServers
{
    [OneTimeTearDown]
    public void End()
    {
        RadosGateway.End();
        Azurite.End();
    }
}
