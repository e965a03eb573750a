namespace Shop.Catalog;

public sealed record Product(string Slug, string Name, string Tagline, string Story, decimal Price, bool IsNew = false)
{
    public string Picture => $"static/catalog/products/{Slug}.svg";
}
