using StaticCollect.Build.EndToEnd.Serving;
using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd.Releases;

/// <summary>A module that one page names in two ways is loaded once.</summary>
public sealed class ComputedImportTests
{
    [Test]
    public void A_module_behind_a_computed_import_shares_its_state_with_those_that_are_named()
    {
        using var project = Restored.Console("""
            <PropertyGroup>
              <StaticCollectUrl>/</StaticCollectUrl>
              <StaticCollectFingerprint>true</StaticCollectFingerprint>
              <StaticCollectServerConfig>nginx</StaticCollectServerConfig>
            </PropertyGroup>
            """)
            .Write("static/index.html", """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                    <meta charset="utf-8">
                    <title>Parts</title>
                    <link rel="icon" href="data:,">
                    <script type="module" src="js/app.js"></script>
                </head>
                <body data-page="cart">nothing yet</body>
                </html>
                """)
            .Write("static/js/state.js", "export const parts = [];\n")
            .Write("static/js/pages/cart.js", "import { parts } from '../state.js';\nparts.push('cart');\n")
            .Write("static/js/app.js", """
                import { parts } from './state.js';
                parts.push('app');
                const page = document.body.dataset.page;
                await import(`./pages/${page}.js`);
                document.body.textContent = parts.join(',');
                document.documentElement.dataset.ready = 'true';
                """);
        project.CollectNow();
        using var server = WebServer.Nginx(Path.GetDirectoryName(project.Root)!);
        using var browser = new Browser();

        var visit = browser.Open(server.Address, withFonts: false);

        Assert.Multiple(() =>
        {
            Assert.That(visit.Problems, Is.Empty);
            Assert.That(browser.Text(), Is.EqualTo("app,cart"));
            Assert.That(visit.Answers.Count(answer => answer.Path.StartsWith("/js/state.", StringComparison.Ordinal)), Is.EqualTo(1));
        });
    }
}
