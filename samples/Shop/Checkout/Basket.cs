using System.Globalization;
using Shop.Catalog;

namespace Shop.Checkout;

public sealed record BasketLine(Product Product, int Quantity)
{
    public decimal Total => Product.Price * Quantity;
}

/// <summary>What the visitor wants, kept in a cookie that static/js/basket.js writes: <c>teapot.1_cup.2</c>.</summary>
public sealed record Basket(IReadOnlyList<BasketLine> Lines)
{
    public const string Cookie = "basket";
    public const int MostOfOne = 9;

    public int Count => Lines.Sum(line => line.Quantity);

    public decimal Total => Lines.Sum(line => line.Total);

    public static Basket From(HttpRequest request)
    {
        var parts = (request.Cookies[Cookie] ?? "").Split('_', StringSplitOptions.RemoveEmptyEntries);
        return new([.. parts.Select(Line).OfType<BasketLine>().DistinctBy(line => line.Product.Slug, StringComparer.Ordinal)]);
    }

    // A cookie is the visitor's to change: what we do not sell is left out.
    private static BasketLine? Line(string part) =>
        part.Split('.') is [var slug, var quantity]
        && Products.Find(slug) is { } product
        && int.TryParse(quantity, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number is > 0 and <= MostOfOne
            ? new(product, number)
            : null;
}
