using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using StaticCollect.Build.Content;

namespace StaticCollect.Build.Settings;

/// <summary>
/// Identifies settings: equal keys, equal settings. It is made of all that they hold, whatever that is, so that no new setting
/// can be forgotten in it.
/// </summary>
internal static class SettingsKey
{
    // What decides how much is told, or whether anything is written, decides nothing about the release.
    private static readonly string[] LeftOut =
    [
        nameof(CollectSettings.DryRun), nameof(CollectSettings.Clear), nameof(CollectSettings.Verbosity), nameof(CollectSettings.Items), nameof(CollectSettings.PathToFind),
        nameof(CollectSettings.ReleaseBefore), nameof(CollectSettings.ReleaseAfter), nameof(CollectSettings.DiffPath),
        nameof(CollectSettings.Views), nameof(CollectSettings.BaselinePath), nameof(CollectSettings.WritesReport), nameof(CollectSettings.NamedReportPath),
    ];

    /// <summary>Adds everything that some settings hold to a hash.</summary>
    public static void Append(IncrementalHash hash, CollectSettings settings)
    {
        // Another build of this package, or another runtime with another encoder, may make another release of the same.
        Sha256.Append(hash, typeof(SettingsKey).Module.ModuleVersionId.ToString());
        Sha256.Append(hash, Environment.Version.ToString());
        Append(hash, (object)settings);
    }

    private static void Append(IncrementalHash hash, object? value)
    {
        switch (value)
        {
            case null:
                Sha256.Append(hash, "-");
                break;
            case string or Enum or bool or int or long:
                Sha256.Append(hash, string.Create(CultureInfo.InvariantCulture, $"{value}"));
                break;
            case IEnumerable<string> texts and not IReadOnlyList<string>:
                // A set has no order.
                Append(hash, texts.Order(StringComparer.Ordinal).ToList());
                break;
            case IEnumerable items:
                Sha256.Append(hash, "[");
                foreach (var item in items)
                    Append(hash, item);
                Sha256.Append(hash, "]");
                break;
            default:
                Sha256.Append(hash, value.GetType().Name);
                for (var type = value.GetType(); type is not null && type != typeof(object); type = type.BaseType)
                {
                    foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                    {
                        if (!LeftOut.Any(name => field.Name.Contains($"<{name}>", StringComparison.Ordinal)))
                            Append(hash, field.GetValue(value));
                    }
                }

                break;
        }
    }
}
