using Radzen;
using Shop;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddRazorComponents();
builder.Services.AddRadzenComponents();

var app = builder.Build();
app.UseStatusCodePagesWithReExecute("/not-found");
app.UseAntiforgery();
app.MapStaticAssets();
// Crawlers ask for this one place only.
app.MapGet("/robots.txt", () => Results.Redirect("/static/robots.txt"));
app.MapRazorComponents<App>();
app.Run();
