using StaticCollect.Build.Upload.Objects;

namespace StaticCollect.Build.Upload.Planning;

/// <summary>A store as it was seen: its ledger and its objects.</summary>
/// <param name="Name">How the user calls it.</param>
/// <param name="Ledger">What uploads have put there.</param>
/// <param name="LedgerETag">What the store calls that state of the ledger; <see langword="null"/> where there is none.</param>
/// <param name="Objects">Its objects by path, the ledger not among them.</param>
internal sealed record StoreView(string Name, Ledger Ledger, string? LedgerETag, IReadOnlyDictionary<string, StoredObject> Objects);
