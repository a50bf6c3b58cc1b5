using System.Collections.Frozen;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;

namespace Tollgate.Architecture.Compiled;

/// <summary>An instruction of a method body; the token is 0 where it names nothing.</summary>
internal readonly record struct Instruction(int Offset, ILOpCode Code, int Token)
{
    private const byte TwoBytePrefix = 0xFE;

    private static readonly FrozenDictionary<ILOpCode, OperandType> Operands = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToFrozenDictionary(code => (ILOpCode)(ushort)code.Value, code => code.OperandType);

    public static List<Instruction> Read(BlobReader il)
    {
        List<Instruction> instructions = [];
        while (il.RemainingBytes > 0)
        {
            var offset = il.Offset;
            int first = il.ReadByte();
            var code = (ILOpCode)(first == TwoBytePrefix ? (first << 8) + il.ReadByte() : first);
            instructions.Add(new Instruction(offset, code, Operand(ref il, Operands[code])));
        }

        return instructions;
    }

    // ECMA-335 part III, 1.2: how long the operand is.
    private static int Operand(ref BlobReader il, OperandType type)
    {
        switch (type)
        {
            case OperandType.InlineNone:
                return 0;
            case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType:
            case OperandType.InlineString:
                return il.ReadInt32();
            case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                il.Offset += 1;
                return 0;
            case OperandType.InlineVar:
                il.Offset += 2;
                return 0;
            case OperandType.InlineI8 or OperandType.InlineR:
                il.Offset += 8;
                return 0;
            case OperandType.InlineSwitch:
                var targets = il.ReadInt32();
                il.Offset += 4 * targets;
                return 0;
            default:
                il.Offset += 4;
                return 0;
        }
    }
}
