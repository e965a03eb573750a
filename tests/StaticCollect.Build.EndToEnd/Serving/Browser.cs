using System.Text.Json;
using OpenQA.Selenium;
using OpenQA.Selenium.Chrome;
using OpenQA.Selenium.Interactions;
using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd.Serving;

/// <summary>One answer that the browser got.</summary>
/// <param name="Path">Path of the URL, as it was sent.</param>
/// <param name="Status">The status.</param>
/// <param name="IsFromCache">Whether nobody was asked.</param>
/// <param name="Headers">The headers; names are compared without case.</param>
public sealed record Answer(string Path, int Status, bool IsFromCache, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>The value of a header; empty where it is absent.</summary>
    public string this[string header] => Headers.GetValueOrDefault(header, "");
}

/// <summary>A page as it came out.</summary>
/// <param name="Problems">What a user would complain of, in words.</param>
/// <param name="Answers">What it took from its server.</param>
public sealed record Visit(IReadOnlyList<string> Problems, IReadOnlyList<Answer> Answers)
{
    /// <summary>Everything that it asked anybody for.</summary>
    public IReadOnlyList<string> Requests { get; init; } = [];
}

/// <summary>Headless Chromium with an empty cache.</summary>
public sealed class Browser : IDisposable
{
    private const string Chromium = "/usr/bin/chromium";
    private const string Driver = "/usr/bin/chromedriver";
    private const string Performance = "performance";

    // Whether the module script ran, once everything is there that the page loads.
    private const string Condition = "CONDITION";
    private const string State = $$"""
        const done = arguments[arguments.length - 1];
        const isReady = () => {{Condition}};
        const end = Date.now() + 10000;
        (function look() {
            if (!isReady() && Date.now() < end) { setTimeout(look, 50); return; }
            document.fonts.ready.then(() => setTimeout(() => done({
                ready: String(isReady()),
                fonts: [...document.fonts].map(font => font.family + ' ' + font.status),
                images: [...document.images].filter(image => image.complete && image.naturalWidth === 0).map(image => image.src),
            }), 200));
        })();
        """;

    private readonly string _profile = Path.Combine(PackedPackage.WorkFolder, $"chromium-{Guid.NewGuid():N}"[..17]);
    private readonly ChromeDriverService _service;
    private readonly ChromeDriver _driver;

    /// <summary>Starts it.</summary>
    public Browser()
    {
        if (!File.Exists(Chromium) || !File.Exists(Driver))
            Machine.Lacks("A browser is missing: apt-get install chromium chromium-driver");
        var options = new ChromeOptions { BinaryLocation = Chromium };
        options.AddArguments(
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--disable-quic", "--window-size=1280,900", $"--user-data-dir={_profile}");
        options.SetLoggingPreference(Performance, LogLevel.All);
        options.SetLoggingPreference(LogType.Browser, LogLevel.All);
        _service = ChromeDriverService.CreateDefaultService(Path.GetDirectoryName(Driver), Path.GetFileName(Driver));
        _service.SuppressInitialDiagnosticInformation = true;
        _driver = new ChromeDriver(_service, options, TimeSpan.FromMinutes(2));
    }

    /// <summary>Opens a page and waits until it is done.</summary>
    /// <param name="page">Its URL.</param>
    /// <param name="withFonts">Whether the page has fonts of its own.</param>
    /// <param name="isReady">When it is done, as an expression; else when its module script has run and said so.</param>
    public Visit Open(Uri page, bool withFonts, string isReady = "document.readyState === 'complete' && document.documentElement.dataset.ready === 'true'")
    {
        _driver.Navigate().GoToUrl("about:blank");
        _ = _driver.Manage().Logs.GetLog(Performance);
        _ = _driver.Manage().Logs.GetLog(LogType.Browser);
        _driver.Navigate().GoToUrl(page);
        var state = (Dictionary<string, object>)_driver.ExecuteAsyncScript(State.Replace(Condition, isReady, StringComparison.Ordinal))!;
        var fonts = Texts(state["fonts"]);
        var network = Network(page);
        var problems = new List<string>(network.Problems);
        problems.AddRange(_driver.Manage().Logs.GetLog(LogType.Browser).Where(entry => entry.Level >= LogLevel.Severe).Select(entry => $"The console says: {entry.Message}"));
        problems.AddRange(Texts(state["images"]).Select(image => $"The image {image} is broken."));
        problems.AddRange(fonts.Where(font => font.EndsWith(" error", StringComparison.Ordinal)).Select(font => $"Font: {font}."));
        if (withFonts && !fonts.Any(font => font.EndsWith(" loaded", StringComparison.Ordinal)))
            problems.Add("No font was loaded.");
        if ((string)state["ready"] != "true")
            problems.Add("The module script did not run.");
        return network with { Problems = problems };
    }

    /// <summary>What a script of the open page gives.</summary>
    public object? Run(string script, params object[] arguments) => _driver.ExecuteScript(script, arguments);

    /// <summary>What the open page logged as an error since it was opened, or since this was last asked for.</summary>
    public IReadOnlyList<string> Errors() =>
        [.. _driver.Manage().Logs.GetLog(LogType.Browser).Where(entry => entry.Level >= LogLevel.Severe).Select(entry => entry.Message)];

    /// <summary>Presses keys, one after the other, on what has the focus.</summary>
    public void Press(params string[] keys)
    {
        foreach (var key in keys)
            new Actions(_driver).SendKeys(key).Perform();
    }

    /// <summary>Lets pages know that the user prefers light or dark ones.</summary>
    public void Prefer(string scheme) => _driver.ExecuteCdpCommand(
        "Emulation.setEmulatedMedia",
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["features"] = new[] { new { name = "prefers-color-scheme", value = scheme } } });

    /// <summary>What axe-core finds wrong with the open page for people who do not see it, or not well, or use no mouse.</summary>
    /// <param name="axe">The text of <c>axe.min.js</c>.</param>
    public IReadOnlyList<string> Barriers(string axe)
    {
        _driver.ExecuteScript(axe);
        return Texts(_driver.ExecuteAsyncScript("""
            const done = arguments[arguments.length - 1];
            // An address in the page that is the state of a script is taken for a link that skips to an element.
            axe.run(document, { resultTypes: ['violations'], rules: { 'skip-link': { enabled: false } } }).then(
                found => done(found.violations.map(one => `${one.id}: ${one.help} ${one.nodes.slice(0, 3).map(node => node.html.slice(0, 200) + ' ' + node.failureSummary).join(' | ')}`)),
                error => done([String(error)]));
            """)!);
    }

    /// <summary>What a user reads on the open page.</summary>
    public string Text() => _driver.FindElement(By.TagName("body")).Text;

    /// <summary>Opens a page without a look at how it came out.</summary>
    public void Open(Uri page) => _driver.Navigate().GoToUrl(page);

    /// <summary>Asks a script of the open page until it gives a value, or for some seconds; gives the last one.</summary>
    public string Eventually(string script, string value, int seconds = 60)
    {
        var answer = "";
        for (var tries = 0; tries < seconds * 10 && answer != value; tries++)
        {
            answer = _driver.ExecuteScript(script)?.ToString() ?? "";
            if (answer != value)
                Thread.Sleep(100);
        }

        return answer;
    }

    /// <summary>Keeps what is to be seen now with the results of the test.</summary>
    public void KeepScreenshot(string name)
    {
        var path = Path.Combine(TestContext.CurrentContext.WorkDirectory, "screenshots", $"{name}.png");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        _driver.GetScreenshot().SaveAsFile(path);
        TestContext.AddTestAttachment(path);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _driver.Dispose();
        _service.Dispose();
        if (Directory.Exists(_profile))
            Directory.Delete(_profile, recursive: true);
    }

    private static string[] Texts(object list) => [.. ((IEnumerable<object>)list).Select(text => (string)text)];

    /// <summary>What the protocol of the browser's tools told of the network, about this server.</summary>
    private Visit Network(Uri page)
    {
        var problems = new List<string>();
        var answers = new List<Answer>();
        var urls = new Dictionary<string, string>(StringComparer.Ordinal);
        var cached = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in _driver.Manage().Logs.GetLog(Performance))
        {
            using var json = JsonDocument.Parse(entry.Message);
            var message = json.RootElement.GetProperty("message");
            var parameters = message.GetProperty("params");
            var id = parameters.TryGetProperty("requestId", out var requestId) ? requestId.GetString()! : "";
            switch (message.GetProperty("method").GetString())
            {
                case "Network.requestWillBeSent":
                    urls[id] = parameters.GetProperty("request").GetProperty("url").GetString()!;
                    break;
                case "Network.requestServedFromCache":
                    cached.Add(id);
                    break;
                case "Network.loadingFailed" when urls.GetValueOrDefault(id, "").StartsWith(page.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal):
                    problems.Add($"{urls[id]} failed: {parameters.GetProperty("errorText").GetString()}.");
                    break;
                case "Network.responseReceived":
                    var response = parameters.GetProperty("response");
                    var url = new Uri(response.GetProperty("url").GetString()!);
                    if (url.Scheme != page.Scheme || url.Authority != page.Authority)
                        break;
                    var status = response.GetProperty("status").GetInt32();
                    if (status >= 400)
                        problems.Add($"{url} gave {status}.");
                    answers.Add(new Answer(url.AbsolutePath, status, cached.Contains(id) || response.GetProperty("fromDiskCache").GetBoolean(), Headers(response)));
                    break;
            }
        }

        return new Visit(problems, answers) { Requests = [.. urls.Values] };
    }

    private static Dictionary<string, string> Headers(JsonElement response) => response.GetProperty("headers").EnumerateObject()
        .ToDictionary(header => header.Name, header => header.Value.GetString()!, StringComparer.OrdinalIgnoreCase);
}
