using CsCheck;
using StaticCollect.Build.Naming;

namespace StaticCollect.Build.Tests.Naming;

/// <summary>The order in which names can be given.</summary>
public class ReferenceGraphTests
{
    private const int Many = 100_000;

    [Test]
    public void Files_without_references_are_all_at_the_first_level() =>
        Assert.That(Shown([], [], []), Is.EqualTo("0 1 2"));

    [Test]
    public void A_file_comes_after_what_it_refers_to() =>
        Assert.That(Shown([1], [2], []), Is.EqualTo("2 | 1 | 0"));

    [Test]
    public void A_diamond_has_three_levels() =>
        Assert.That(Shown([1, 2], [3], [3], []), Is.EqualTo("3 | 1 2 | 0"));

    [Test]
    public void A_file_is_one_level_above_the_highest_that_it_refers_to() =>
        Assert.That(Shown([1, 3], [2], [3], []), Is.EqualTo("3 | 2 | 1 | 0"));

    [Test]
    public void Files_that_refer_to_each_other_are_one_component() =>
        Assert.That(Shown([1], [2], [0]), Is.EqualTo("0,1,2"));

    [Test]
    public void A_file_that_names_itself_is_a_component_of_its_own() =>
        Assert.That(Shown([0, 0], [0]), Is.EqualTo("0 | 1"));

    [Test]
    public void Several_cycles_and_what_depends_on_them_keep_apart() =>
        Assert.That(Shown([1], [0], [3, 0], [2], [2, 5], []), Is.EqualTo("0,1 5 | 2,3 | 4"));

    [Test]
    public void A_very_long_chain_needs_no_stack()
    {
        var levels = ReferenceGraph.Levels([.. Enumerable.Range(0, Many).Select(i => i + 1 < Many ? new[] { i + 1 } : [])]);
        Assert.That(levels.Select(level => level.Single().Single()), Is.EqualTo(Enumerable.Range(0, Many).Reverse()));
    }

    [Test]
    public void A_very_long_ring_is_one_component()
    {
        var levels = ReferenceGraph.Levels([.. Enumerable.Range(0, Many).Select(i => new[] { (i + 1) % Many })]);
        Assert.That(levels.Single().Single(), Has.Length.EqualTo(Many));
    }

    [Test]
    public void The_components_of_any_graph_are_those_that_reach_each_other_and_their_order_is_one_to_work_in() =>
        Gen.Int[1, 9].SelectMany(count => Gen.Int[0, count - 1].Array[0, 3].Array[count]).Sample(
            targets =>
            {
                var reaches = Reaches(targets);
                var levelOf = new int[targets.Length];
                var componentOf = new int[targets.Length][];
                var seen = 0;
                foreach (var (level, number) in ReferenceGraph.Levels(targets).Select((level, number) => (level, number)))
                {
                    foreach (var component in level)
                    {
                        foreach (var node in component)
                            (levelOf[node], componentOf[node]) = (number, component);
                        seen += component.Length;
                    }
                }

                Assert.That(seen, Is.EqualTo(targets.Length));
                for (var a = 0; a < targets.Length; a++)
                {
                    for (var b = 0; b < targets.Length; b++)
                    {
                        Assert.That(componentOf[a].Contains(b), Is.EqualTo(a == b || (reaches[a][b] && reaches[b][a])));
                        if (reaches[a][b] && !componentOf[a].Contains(b))
                            Assert.That(levelOf[a], Is.GreaterThan(levelOf[b]));
                    }
                }
            },
            iter: 3_000);

    private static bool[][] Reaches(int[][] targets)
    {
        var reaches = targets.Select(_ => new bool[targets.Length]).ToArray();
        for (var a = 0; a < targets.Length; a++)
        {
            var open = new Stack<int>(targets[a]);
            while (open.TryPop(out var node))
            {
                if (reaches[a][node])
                    continue;
                reaches[a][node] = true;
                foreach (var target in targets[node])
                    open.Push(target);
            }
        }

        return reaches;
    }

    private static string Shown(params int[][] targets) =>
        string.Join(" | ", ReferenceGraph.Levels(targets).Select(level =>
            string.Join(' ', level.OrderBy(component => component[0]).Select(component => string.Join(',', component)))));
}
