using System.Text.RegularExpressions;

namespace StaticCollect.Build.Servers;

/// <summary>Ceph's RADOS Gateway: S3 as a server in production speaks it, with one monitor and one store in memory behind it.</summary>
public sealed partial class RadosGateway : LocalServer
{
    /// <summary>The key of its one user.</summary>
    public const string AccessKey = "shopkey";

    /// <summary>The secret of its one user.</summary>
    public const string SecretKey = "shopsecret0123456789";

    private static readonly Lazy<RadosGateway> OfThisRun = new(() => new RadosGateway());

    private RadosGateway()
    {
        try
        {
            Start();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The one of this test run, started when it is first asked for.</summary>
    public static RadosGateway Shared
    {
        get
        {
            foreach (var program in new[] { "radosgw", "ceph-mon", "ceph-osd", "ceph" })
                Require($"/usr/bin/{program}", "apt-get install --no-install-recommends radosgw ceph-mon ceph-osd ceph-common");
            return OfThisRun.Value;
        }
    }

    /// <summary>Where it answers.</summary>
    public Uri Address { get; } = new($"http://127.0.0.1:{FreePort()}");

    /// <summary>The methods of all requests so far, by what it writes down of them.</summary>
    public IReadOnlyList<string> Requests()
    {
        using var log = new StreamReader(new FileStream(Path.Combine(Folder, "client.rgw.log"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return [.. Request().Matches(log.ReadToEnd()).Select(match => match.Groups["method"].Value)];
    }

    [GeneratedRegex("^.* beast: .*? \"(?<method>[A-Z]+) /", RegexOptions.Multiline, 10000)]
    private static partial Regex Request();

    /// <summary>Ends it, where it was started.</summary>
    public static void End()
    {
        if (OfThisRun.IsValueCreated)
            OfThisRun.Value.Dispose();
    }

    private void Start()
    {
        var monitor = $"[v1:127.0.0.1:{FreePort()}]";
        var id = Guid.NewGuid().ToString();
        foreach (var name in new[] { "mon", "osd", "run", "rgw" })
            Directory.CreateDirectory(Path.Combine(Folder, name));
        File.WriteAllText(Path.Combine(Folder, "ceph.conf"), $"""
            [global]
            fsid = {id}
            mon_host = {monitor}
            auth_cluster_required = none
            auth_service_required = none
            auth_client_required = none
            public_network = 127.0.0.0/8
            cluster_network = 127.0.0.0/8
            osd_pool_default_size = 1
            osd_pool_default_min_size = 1
            osd_pool_default_pg_num = 1
            osd_pool_default_pg_autoscale_mode = off
            mon_allow_pool_size_one = true
            mon_max_pg_per_osd = 1000
            osd_crush_chooseleaf_type = 0
            osd_class_update_on_start = false
            osd_crush_update_on_start = false
            osd_objectstore = memstore
            memstore_device_bytes = 1073741824
            osd_data = {Folder}/osd
            mon_data = {Folder}/mon
            run_dir = {Folder}/run
            admin_socket = {Folder}/run/$cluster-$name.asok
            pid_file = {Folder}/run/$name.pid
            log_file = {Folder}/$name.log
            ms_bind_ipv6 = false
            osd_memory_target = 939524096
            [client.rgw]
            rgw_frontends = beast endpoint=127.0.0.1:{Address.Port}
            rgw_enable_usage_log = false
            rgw_enable_ops_log = false
            rgw_data = {Folder}/rgw
            rgw_run_sync_thread = false
            rgw_dns_name = localhost

            """);
        Run("monmaptool", "--create", "--fsid", id, "--addv", "a", monitor, "monmap");
        Run("ceph-mon", "-c", "ceph.conf", "--mkfs", "-i", "a", "--monmap", "monmap");
        Serve("ceph-mon", "-c", "ceph.conf", "-i", "a", "-f");
        Run("ceph", "-c", "ceph.conf", "osd", "create");
        Run("ceph-osd", "-c", "ceph.conf", "-i", "0", "--mkfs");
        Serve("ceph-osd", "-c", "ceph.conf", "-i", "0", "-f");
        Run("ceph", "-c", "ceph.conf", "osd", "crush", "add", "osd.0", "1.0", "root=default");
        Serve("radosgw", "-c", "ceph.conf", "-n", "client.rgw", "-f");
        WaitFor(Address);
        Run("radosgw-admin", "-c", "ceph.conf", "-n", "client.rgw", "user", "create", "--uid=test", "--display-name=test", $"--access-key={AccessKey}", $"--secret={SecretKey}");
    }
}
