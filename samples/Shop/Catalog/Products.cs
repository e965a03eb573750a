namespace Shop.Catalog;

public static class Products
{
    public static IReadOnlyList<Product> Tea { get; } =
    [
        new("sencha", "Sencha, first flush", "100 g of green tea, steamed",
            "Picked in the last week of April, steamed within the hour. Grassy, sweet, gone by autumn.", 14.50m, IsNew: true),
        new("matcha", "Matcha & whisk", "30 g, with a bamboo whisk",
            "Stone-ground on the day it leaves. The whisk has eighty tines and wants to be rinsed, never washed.", 38.00m),
        new("oolong", "Roasted oolong", "80 g, rolled and roasted",
            "Slow charcoal, three nights. Tastes of toast and plums, and gives six infusions.", 19.00m),
    ];

    public static IReadOnlyList<Product> Ware { get; } =
    [
        new("teapot", "Side-handled teapot", "Stoneware, 300 ml",
            "Thrown in two parts and joined while the clay still gives. The glaze pools differently on each one.", 64.00m),
        new("cup", "Pair of cups", "Porcelain, 120 ml each",
            "Thin at the lip, heavy at the foot. They stack, if you trust them.", 32.00m),
        new("kettle", "Gooseneck kettle", "Enamelled steel, 0.9 l",
            "Pours where you look. For gas, induction and open fires.", 72.00m, IsNew: true),
    ];

    private static readonly Dictionary<string, Product> BySlug =
        Tea.Concat(Ware).ToDictionary(product => product.Slug, StringComparer.Ordinal);

    public static Product? Find(string slug) => BySlug.GetValueOrDefault(slug);
}
