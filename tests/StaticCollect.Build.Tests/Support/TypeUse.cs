using System.Reflection;
using System.Reflection.Emit;

namespace StaticCollect.Build.Tests.Support;

/// <summary>Which types a type names, in its members and their code.</summary>
internal static class TypeUse
{
    private const BindingFlags All =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OperandType> Operands = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value, code => code.OperandType);

    /// <summary>Whether a type knows MSBuild.</summary>
    public static bool KnowsMSBuild(Type type) => Of(type).Any(IsOfMSBuild);

    /// <summary>The types that a type names.</summary>
    public static IEnumerable<Type?> Of(Type type) =>
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
