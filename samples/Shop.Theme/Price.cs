using System.Globalization;

namespace Shop.Theme;

public static class Price
{
    public static string InEuros(decimal amount) => amount.ToString("€#,0.00", CultureInfo.InvariantCulture);
}
