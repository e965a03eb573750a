using StaticCollect.Build.Diagnostics;

namespace StaticCollect.Build.Tests;

public class WordingTests
{
    [TestCase(0, "0 bytes")]
    [TestCase(1, "1 byte")]
    [TestCase(999, "999 bytes")]
    [TestCase(1000, "1 kB")]
    [TestCase(1249, "1.2 kB")]
    [TestCase(99_949, "99.9 kB")]
    [TestCase(99_951, "100 kB")]
    [TestCase(310_400, "310 kB")]
    [TestCase(999_499, "999 kB")]
    [TestCase(999_600, "1 MB")]
    [TestCase(1_230_000, "1.2 MB")]
    [TestCase(long.MaxValue, "9.2 EB")]
    public void A_size_has_three_digits_at_most(long bytes, string size) => Assert.That(Wording.Size(bytes), Is.EqualTo(size));

    [TestCase(0, "0 files")]
    [TestCase(1, "1 file")]
    [TestCase(2, "2 files")]
    public void One_is_one(int count, string words) => Assert.That(Wording.Count(count, "file"), Is.EqualTo(words));
}
