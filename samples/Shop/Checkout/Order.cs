using System.ComponentModel.DataAnnotations;

namespace Shop.Checkout;

public sealed class Order
{
    [Required(ErrorMessage = "Who shall we write on the parcel?")]
    public string? Name { get; set; }

    [Required(ErrorMessage = "Where shall the parcel go?")]
    public string? Address { get; set; }

    [Required(ErrorMessage = "The courier asks for a telephone number.")]
    [RegularExpression(@"\(\d{3}\) \d{3}-\d{4}", ErrorMessage = "A telephone number looks like (555) 010-1234.")]
    public string? Telephone { get; set; }
}
