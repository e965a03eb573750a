using System.Reflection;
using System.Reflection.Emit;

namespace StaticCollect.Build.Tests;

/// <summary>
/// The folders stand in the order of the data, and MSBuild appears only at the edge, so that everything else can be
/// understood, tested and used without it.
/// </summary>
public sealed class ArchitectureTests
{
    private const BindingFlags All =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OperandType> Operands = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value, code => code.OperandType);

    // The way of the data: each refers only to those before it.
    private static readonly string[] Order =
        ["Diagnostics", "Content", "Settings", "Sources", "References", "Naming", "Encodings", "Releases", "Stores", "Emitters", "Answers", "", "Tasks"];

    [Test]
    public void Each_namespace_refers_only_to_those_before_it()
    {
        var types = typeof(Collector).Assembly.GetTypes().Where(type => FolderOf(type) is not null).ToList();
        var backwards = types
            .SelectMany(type => Used(type).Select(used => (From: type, To: used, Place: FolderOf(used))))
            .Where(use => use.Place is not null && Array.IndexOf(Order, use.Place) > Array.IndexOf(Order, FolderOf(use.From)))
            .Select(use => $"{use.From.FullName} -> {use.To!.FullName}")
            .Distinct(StringComparer.Ordinal);

        Assert.Multiple(() =>
        {
            Assert.That(types.Select(FolderOf).Distinct(StringComparer.Ordinal), Is.EquivalentTo(Order), "Every folder has its place.");
            Assert.That(backwards, Is.Empty);
        });
    }

    [Test]
    public void Only_the_tasks_are_public() =>
        Assert.That(
            typeof(Collector).Assembly.GetExportedTypes().Where(type => FolderOf(type) != "Tasks").Select(type => type.FullName),
            Is.Empty);

    [Test]
    public void Only_the_tasks_know_MSBuild()
    {
        var types = typeof(Collector).Assembly.GetTypes().Where(KnowsMSBuild).ToList();

        Assert.Multiple(() =>
        {
            Assert.That(types.Select(type => type.Name), Does.Contain("CollectStaticFiles"), "What knows MSBuild is found.");
            Assert.That(
                types.Where(type => type.Namespace != "StaticCollect.Build.Tasks").Select(type => type.FullName),
                Is.SubsetOf(new[] { "Microsoft.Build.Framework.MSBuildMultiThreadableTaskAttribute" }));
        });
    }

    private static bool KnowsMSBuild(Type type) => Used(type).Any(IsOfMSBuild);

    /// <summary>The folder below the project that a type of ours lies in; of one that is not ours nothing.</summary>
    private static string? FolderOf(Type? type)
    {
        while (type?.HasElementType == true)
            type = type.GetElementType();
        return type?.Assembly == typeof(Collector).Assembly && type.Namespace?.StartsWith("StaticCollect.Build", StringComparison.Ordinal) == true
            ? type.Namespace.Split('.').ElementAtOrDefault(2) ?? ""
            : null;
    }

    private static IEnumerable<Type?> Used(Type type) =>
        new[] { type.BaseType }.Concat(type.GetInterfaces())
            .Concat(type.GetCustomAttributesData().Select(attribute => attribute.AttributeType))
            .Concat(type.GetFields(All).Select(field => field.FieldType))
            .Concat(type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All)).SelectMany(TypesIn))
            .SelectMany(used => used is { IsGenericType: true } ? [used, .. used.GetGenericArguments()] : new[] { used });

    private static IEnumerable<Type?> TypesIn(MethodBase method)
    {
        var signature = method.GetParameters().Select(parameter => parameter.ParameterType)
            .Append((method as MethodInfo)?.ReturnType);
        return method.GetMethodBody() is { } body
            ? [.. signature, .. body.LocalVariables.Select(local => local.LocalType), .. TypesIn(method, body.GetILAsByteArray()!)]
            : signature;
    }

    /// <summary>The types that instructions name, alone or as the owner of a member.</summary>
    private static IEnumerable<Type?> TypesIn(MethodBase method, byte[] code)
    {
        var typeArguments = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;
        var methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (var at = 0; at < code.Length;)
        {
            var value = code[at++] is var first && first == 0xfe ? unchecked((short)(0xfe00 | code[at++])) : first;
            var operand = Operands[value];
            if (operand is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok)
            {
                var member = method.Module.ResolveMember(BitConverter.ToInt32(code, at), typeArguments, methodArguments);
                yield return member as Type ?? member!.DeclaringType;
            }

            at += operand switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
                _ => 4,
            };
        }
    }

    private static bool IsOfMSBuild(Type? type) => type is not null
        && (type.Namespace?.StartsWith("Microsoft.Build", StringComparison.Ordinal) == true
            || (type.HasElementType && IsOfMSBuild(type.GetElementType()))
            || (type.IsGenericType && type.GetGenericArguments().Any(IsOfMSBuild)));
}
