namespace StaticCollect.Build.Naming;

/// <summary>
/// Files and the references between them, in the order in which names can be given: what a file refers to comes before
/// it. Files that refer to each other in a circle form one component and are named together.
/// </summary>
internal static class ReferenceGraph
{
    /// <summary>
    /// The strongly connected components, grouped by level: a component refers only to components of lower levels, so
    /// those of one level can be worked on at the same time.
    /// </summary>
    /// <param name="targets">For each node the nodes it refers to; repeated ones and itself may be among them.</param>
    public static IReadOnlyList<IReadOnlyList<int[]>> Levels(IReadOnlyList<int[]> targets)
    {
        var components = Components(targets);
        var componentOf = new int[targets.Count];
        for (var i = 0; i < components.Count; i++)
        {
            foreach (var node in components[i])
                componentOf[node] = i;
        }

        // Tarjan gives components after those they refer to: one pass from the front knows all levels it needs.
        var level = new int[components.Count];
        var levels = new List<List<int[]>>();
        for (var i = 0; i < components.Count; i++)
        {
            foreach (var node in components[i])
            {
                foreach (var target in targets[node])
                {
                    if (componentOf[target] != i)
                        level[i] = Math.Max(level[i], level[componentOf[target]] + 1);
                }
            }

            while (levels.Count <= level[i])
                levels.Add([]);
            levels[level[i]].Add(components[i]);
        }

        return levels;
    }

    /// <summary>Tarjan's algorithm, without recursion: chains of imports may be thousands long.</summary>
    private static List<int[]> Components(IReadOnlyList<int[]> targets)
    {
        var components = new List<int[]>();
        var index = new int[targets.Count];
        var low = new int[targets.Count];
        var isOpen = new bool[targets.Count];
        var open = new Stack<int>();
        var path = new Stack<(int Node, int Next)>();
        var count = 0;
        for (var start = 0; start < targets.Count; start++)
        {
            if (index[start] != 0)
                continue;
            Enter(start);
            while (path.Count > 0)
            {
                var (node, next) = path.Pop();
                if (next < targets[node].Length)
                {
                    path.Push((node, next + 1));
                    var target = targets[node][next];
                    if (index[target] == 0)
                        Enter(target);
                    else if (isOpen[target])
                        low[node] = Math.Min(low[node], index[target]);
                    continue;
                }

                if (path.Count > 0)
                    low[path.Peek().Node] = Math.Min(low[path.Peek().Node], low[node]);
                if (low[node] == index[node])
                    components.Add(Close(node));
            }
        }

        return components;

        void Enter(int node)
        {
            index[node] = low[node] = ++count;
            open.Push(node);
            isOpen[node] = true;
            path.Push((node, 0));
        }

        int[] Close(int node)
        {
            var component = new List<int>();
            int member;
            do
            {
                member = open.Pop();
                isOpen[member] = false;
                component.Add(member);
            }
            while (member != node);
            component.Sort();
            return [.. component];
        }
    }
}
