using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Upload.Objects;

namespace StaticCollect.Build.Upload.Planning;

/// <summary>What a plan costs in requests, which is what stores are paid by.</summary>
internal readonly record struct PlanRequests(int Puts, int Lists, int Gets, int Deletes)
{
    /// <summary>The requests of a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="store">The store.</param>
    /// <param name="objects">How many objects it holds.</param>
    public static PlanRequests Of(UploadPlan plan, IObjectStore store, int objects)
    {
        var lists = 1 + (objects / store.ObjectsPerList);
        var deletes = plan.Steps.Where(step => step.Do == Do.Delete).GroupBy(step => step.Stage).Sum(stage => (stage.Count() + store.ObjectsPerDelete - 1) / store.ObjectsPerDelete);
        if (plan.IsNothing)
            return new PlanRequests(0, lists, 1, 0);

        // The ledger is put at the beginning, once the pages are out, and after deletions, and looked at in between. Before the
        // first release it is tried whether the store looks at conditions.
        var changes = plan.Count(Do.Put) + plan.Count(Do.PutHeaders);
        var hasChanges = plan.Changes.Any();
        var tries = plan.Number == 1 && hasChanges ? 2 : 0;
        return new PlanRequests(changes + tries + 1 + (hasChanges ? 1 : 0) + (deletes > 0 ? 1 : 0), lists * (hasChanges ? 2 : 1), 1 + plan.Changes.Select(step => step.Stage).Distinct().Count(), deletes);
    }
}

/// <summary>A plan in one line.</summary>
internal static class PlanSummary
{
    /// <summary>The line, without a full stop.</summary>
    public static string Of(UploadPlan plan)
    {
        if (plan.IsNothing)
            return $"nothing to upload: {Wording.Count(plan.Count(Do.Keep), "object")} as it should be";
        var parts = new List<string>();
        Add(Do.Put, "to put");
        Add(Do.PutHeaders, "to get other headers");
        Add(Do.Keep, "to keep");
        Add(Do.Retire, "to retire");
        Add(Do.Delete, "to delete");
        return string.Join(", ", parts);

        void Add(Do what, string words)
        {
            if (plan.Count(what) is > 0 and var count)
                parts.Add($"{Wording.Count(count, "object")} {words}{(what == Do.Put ? $" ({Wording.Size(plan.Steps.Where(step => step.Do == what).Sum(step => step.Bytes))})" : "")}");
        }
    }
}
